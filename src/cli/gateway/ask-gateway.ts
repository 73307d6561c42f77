import { CommandError, exitCodes } from '../exit-codes.js';

/** A request to a gateway, below the address that it was given; one that does not answer is told with that address. */
export function askGateway(gateway: string, path: string, request: RequestInit): Promise<Response> {
  return fetch(new URL(path, gateway.endsWith('/') ? gateway : `${gateway}/`), request).catch((error: Error) => {
    const hint = 'Is it started, and is the address right? yongtap gateway starts one.';
    throw new CommandError('gateway-unreachable', `${gateway}: ${reasonOf(error)}`, exitCodes.partMissing, hint);
  });
}

/** `fetch` itself only says that it failed. */
function reasonOf({ message, cause }: Error): string {
  const { message: reason, code } = (cause ?? {}) as NodeJS.ErrnoException;
  return reason || code || message;
}
