import { resultCodeOf } from './result-code.js';

/** Whether an error says that the lock of a libsql file is held by another connection. */
export const isBusy = (error: unknown): boolean => resultCodeOf(error).startsWith('SQLITE_BUSY');
