import { connect } from 'node:net';

/** Where pcscd listens, by libpcsclite's own rule. */
export function pcscServiceSocket(): string {
  return process.env.PCSCLITE_CSOCK_NAME || '/run/pcscd/pcscd.comm';
}

/** What stands at the service's socket: something that answers, nothing, or something that must not be reached. */
export type ServiceState = 'answers' | 'absent' | 'forbidden';

/**
 * Looks whether the PC/SC service answers, by connecting to its socket: a binding asked without a service spins for
 * ever. Where the service belongs to the operating system (Windows, macOS) there is nothing to look at.
 */
export function pcscServiceState(socketPath = pcscServiceSocket()): Promise<ServiceState> {
  if (process.platform === 'win32' || process.platform === 'darwin') return Promise.resolve('answers');
  return new Promise((resolve) => {
    const socket = connect(socketPath);
    socket.setTimeout(1000);
    const end = (state: ServiceState) => {
      socket.destroy();
      resolve(state);
    };
    socket.once('connect', () => end('answers'));
    socket.once('timeout', () => end('absent'));
    socket.once('error', (error: NodeJS.ErrnoException) => end(error.code === 'EACCES' ? 'forbidden' : 'absent'));
  });
}
