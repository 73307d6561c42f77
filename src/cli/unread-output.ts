import { exitCodes } from './exit-codes.js';

let isUnread = false;

/** Whether the reader of what the command says has gone away. */
export const isOutputUnread = (): boolean => isUnread;

/**
 * A reader that goes away (`| head`) ends the command quietly: as Ctrl-C does where it has something to finish, else at
 * once; what the answer is by then stands.
 */
export function endWhenUnread(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      if (isUnread) return;
      isUnread = true;
      if (!process.emit('SIGINT', 'SIGINT')) process.exit(process.exitCode ?? exitCodes.done);
    });
  }
}
