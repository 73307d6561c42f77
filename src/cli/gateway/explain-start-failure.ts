import { CommandError, exitCodes } from '../exit-codes.js';

export interface StartAttempt {
  readonly port: number;
  readonly host: string;
  readonly dataFolder: string;
  readonly inbox?: string | undefined;
}

/** Errors of the system about the folder of keys and books. */
const FOLDER_ERRORS = new Set([
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOTDIR',
  'EEXIST',
  'EISDIR',
  'ENOENT',
  'ENAMETOOLONG',
  'ELOOP',
]);

/** The same where the disk has no room for what is to be made in it. */
const ROOM_ERRORS = new Set(['ENOSPC', 'EDQUOT']);

/** What the system says of port, host and folder, for people and scripts; any other error is given back as it is. */
export function explainStartFailure(error: unknown, { port, host, dataFolder, inbox }: StartAttempt): unknown {
  if (!(error instanceof Error)) return error;
  const { code = '', message, syscall, path } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') {
    return new CommandError('port-in-use', `port ${port} is taken`, exitCodes.wrongUse, 'Choose another with --port.');
  }
  if (syscall === 'listen' && code === 'EACCES') {
    const hint = 'Choose one above 1023 with --port.';
    return new CommandError('port-not-allowed', `port ${port} is not for this user`, exitCodes.wrongUse, hint);
  }
  if (syscall === 'listen' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    const hint = 'Give an address of this machine with --host.';
    return new CommandError('host-unknown', `cannot listen on ${host}: ${code}`, exitCodes.wrongUse, hint);
  }
  if (FOLDER_ERRORS.has(code) || ROOM_ERRORS.has(code)) {
    const isInbox = inbox !== undefined && path?.startsWith(inbox) === true;
    const folder = `a folder that can be written with ${isInbox ? '--inbox' : '--data'}.`;
    const hint = ROOM_ERRORS.has(code) ? `Make room on the disk, or give ${folder}` : `Give ${folder}`;
    return new CommandError('folder-unusable', `${isInbox ? inbox : dataFolder}: ${message}`, exitCodes.wrongUse, hint);
  }
  return error;
}
