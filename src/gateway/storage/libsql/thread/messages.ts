import type { Thrown } from '../../thrown.js';

/** What a connection's thread is asked; it is asked one thing at a time. */
export type Order =
  | { readonly do: 'open'; readonly path: string }
  | { readonly do: 'begin' | 'beginReading' | 'commit' | 'rollback' | 'close' }
  | { readonly do: 'execute'; readonly sql: string; readonly parameters: readonly unknown[] }
  | { readonly do: 'stream'; readonly sql: string; readonly parameters: readonly unknown[]; readonly chunkSize: number }
  /** The next rows of the stream that is open, or no more of them. */
  | { readonly do: 'next' | 'end' };

export type Answer = { readonly result: unknown } | { readonly thrown: Thrown };
