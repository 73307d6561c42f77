/** Why a back-up is not made, or not put back. */
export type BackupErrorCode =
  | 'backup-damaged'
  | 'backup-exists'
  | 'backup-unreadable'
  | 'books-exist'
  | 'books-missing'
  | 'engine-differs'
  | 'keys-differ'
  | 'passphrase-missing'
  | 'passphrase-wrong'
  | 'pg-program-failed'
  | 'pg-program-missing';

/** A back-up cannot be made or put back; nothing was changed. `place` is the file or folder. */
export class BackupError extends Error {
  override readonly name = 'BackupError';

  constructor(
    readonly code: BackupErrorCode,
    readonly place: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(`${place}: ${message}`, options);
  }
}
