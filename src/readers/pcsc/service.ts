import { connect } from 'node:net';
import { ChannelError } from '../card-channel.js';

let socketPath: string | undefined;

/** Where pcscd listens, by libpcsclite's own rule: its environment is read once, before the first call. */
function pcscServiceSocket(): string {
  socketPath ??= process.env.PCSCLITE_CSOCK_NAME || '/run/pcscd/pcscd.comm';
  return socketPath;
}

/** What stands at the service's socket: something that answers, nothing, or something that must not be reached. */
export type ServiceState = 'answers' | 'absent' | 'forbidden';

/** `EAGAIN`: so many come to it at this moment that there is no place in its queue, which is short. */
const STATES: Readonly<Record<string, ServiceState>> = { EACCES: 'forbidden', EAGAIN: 'answers' };

/**
 * Looks whether the PC/SC service answers, by connecting to its socket: a binding asked without a service spins for
 * ever. Where the service belongs to the operating system (Windows, macOS) there is nothing to look at.
 */
export function pcscServiceState(path = pcscServiceSocket()): Promise<ServiceState> {
  if (process.platform === 'win32' || process.platform === 'darwin') return Promise.resolve('answers');
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.setTimeout(1000);
    const end = (state: ServiceState) => {
      socket.destroy();
      resolve(state);
    };
    socket.once('connect', () => end('answers'));
    socket.once('timeout', () => end('absent'));
    socket.once('error', ({ code = '' }: NodeJS.ErrnoException) => end(STATES[code] ?? 'absent'));
  });
}

/** Throws {@link ChannelError} `service-absent` or `service-forbidden` where the service cannot be used. */
export async function requireService(): Promise<void> {
  const state = await pcscServiceState();
  if (state === 'absent') throw new ChannelError('service-absent', 'no PC/SC service runs on this machine');
  if (state === 'forbidden')
    throw new ChannelError('service-forbidden', 'the PC/SC service may not be used by this user');
}
