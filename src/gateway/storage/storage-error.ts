/** Why the books cannot be reached or must not be written. */
export type StorageErrorCode =
  | 'books-missing'
  | 'books-of-other-mode'
  | 'database-busy'
  | 'database-closed'
  | 'database-foreign'
  | 'database-full'
  | 'database-newer'
  | 'database-read-only'
  | 'database-unreachable'
  | 'database-url-invalid'
  | 'keys-mismatch';

/** The books cannot be reached or must not be written. `place` names the database without its password. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
  readonly code: StorageErrorCode;
  readonly place: string;

  constructor(code: StorageErrorCode, place: string, message: string, options?: ErrorOptions) {
    super(`${message} (${place})`, options);
    this.code = code;
    this.place = place;
  }
}
