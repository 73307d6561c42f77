import { CommandError, exitCodes } from './exit-codes.js';

let isUnread = false;

/** Whether the reader of what the command says has gone away. */
export const isOutputUnread = (): boolean => isUnread;

/**
 * A reader that goes away (`| head`) ends the command quietly: as Ctrl-C does where it has something to finish, else at
 * once; what the answer is by then stands.
 */
export function endWhenUnread(): void {
  for (const [name, stream] of [
    ['output', process.stdout],
    ['error', process.stderr],
  ] as const) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') {
        const hint = 'Nothing or only a part of it was written: make room, or send it elsewhere.';
        throw new CommandError('output-unwritable', `standard ${name}: ${error.message}`, exitCodes.wrongUse, hint);
      }
      if (isUnread) return;
      isUnread = true;
      if (!process.emit('SIGINT', 'SIGINT')) process.exit(process.exitCode ?? exitCodes.done);
    });
  }
}
