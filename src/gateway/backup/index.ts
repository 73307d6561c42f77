export { type BackupOptions, backupBooks } from './backup-books.js';
export { BackupError, type BackupErrorCode } from './backup-error.js';
export type { BackupManifest } from './manifest.js';
export { type Restored, type RestoreOptions, restoreBooks } from './restore-books.js';
