import { StorageError, type StorageErrorCode } from './storage-error.js';

/** An error as threads hand it over; the driver's own would arrive without its text. */
export interface Thrown {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  readonly code: string | undefined;
  /** Of a StorageError: which database. */
  readonly place: string | undefined;
}

export function toThrown(error: unknown): Thrown {
  const { name, message, stack, code } = error as Error & { readonly code?: unknown };
  return {
    name,
    message,
    stack,
    code: code === undefined ? undefined : String(code),
    place: error instanceof StorageError ? error.place : undefined,
  };
}

/** The error as it was thrown, with the stack of its own thread. */
export function fromThrown({ name, message, stack, code, place }: Thrown): Error {
  const error = place === undefined ? sameKind(name, code) : new StorageError(code as StorageErrorCode, place, '');
  error.message = message;
  if (stack !== undefined) error.stack = stack;
  return error;
}

function sameKind(name: string, code: string | undefined): Error {
  const error = name === 'TypeError' ? new TypeError() : Object.assign(new Error(), { name });
  return code === undefined ? error : Object.assign(error, { code });
}
