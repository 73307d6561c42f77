import type { MembershipOptions, RecordedChanges } from './record-changes.js';

/** A member file, as bytes to be read as they come, or as text. */
export type ImportSource =
  | { readonly format: 'json' | 'csv'; readonly content: AsyncIterable<Uint8Array> }
  | { readonly format: 'json' | 'csv'; readonly text: string };

/**
 * How far an import is: reading, of which nobody knows how many records are left; of a long file on the embedded
 * database, checking them against the books; then recording them.
 */
export interface ImportProgress {
  readonly phase: 'reading' | 'checking' | 'recording';
  readonly records: number;
}

export interface ImportOptions extends MembershipOptions {
  readonly source: ImportSource;
  readonly onProgress?: (progress: ImportProgress) => void;
  /** How many records a database with one writer records in one transaction. */
  readonly togetherMax?: number;
}

export interface ImportReport extends RecordedChanges {
  /** How many records the file has. */
  readonly records: number;
}
