/** An error that a decoder may answer with: it has a stable code. */
export type CodedError = abstract new (...args: never[]) => Error & { readonly code: string };

/** One decoder and what must hold of it, whatever it is given. */
export interface FuzzTarget {
  readonly name: string;
  /** Inputs to begin from. */
  readonly seeds: () => readonly Uint8Array[];
  /** How inputs are altered; `json` changes values where they stand and keeps the document one. Default `bytes`. */
  readonly form?: 'bytes' | 'json' | 'text';
  /** What it may throw; anything else is a finding. */
  readonly refusals: readonly CodedError[];
  /** Reads the input, checks what must hold of the result, and returns it. */
  run(input: Uint8Array): unknown;
}

/** A property that did not hold. */
export class Violation extends Error {
  override readonly name = 'Violation';
}

export function hold(condition: boolean, what: string): void {
  if (!condition) throw new Violation(what);
}

const decoder = new TextDecoder();
export const textOf = (input: Uint8Array): string => decoder.decode(input);
export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A parser that is handed JSON: what is no JSON never reaches it. */
export const jsonOf = (input: Uint8Array): unknown => {
  try {
    return JSON.parse(textOf(input));
  } catch {
    return undefined;
  }
};
