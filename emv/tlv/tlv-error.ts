export type TlvErrorCode =
  | 'tag-truncated'
  | 'tag-too-long'
  | 'tag-invalid'
  | 'tag-not-constructed'
  | 'length-truncated'
  | 'length-invalid'
  | 'value-truncated'
  | 'nesting-too-deep';

const meanings: Readonly<Record<TlvErrorCode, string>> = {
  'tag-truncated': 'the input ends inside a tag',
  'tag-too-long': 'a tag of more than three bytes',
  'tag-invalid': 'not a tag',
  'tag-not-constructed': 'children below a primitive tag',
  'length-truncated': 'the input ends inside a length',
  'length-invalid': 'a length that EMV does not know',
  'value-truncated': 'a value longer than what holds it',
  'nesting-too-deep': 'templates nested too deep',
};

/**
 * Bytes that are not BER-TLV (EMV 4.3 Book 3 Annex B), or a tree that cannot become it. `offset` counts bytes of the
 * whole input and points at the byte that is wrong or missing; `tag` is the object concerned, where its tag was read.
 */
export class TlvError extends Error {
  override readonly name = 'TlvError';
  readonly tag?: string;

  constructor(
    readonly code: TlvErrorCode,
    readonly offset: number,
    tag?: string,
  ) {
    super(`${meanings[code]} (${tag === undefined ? '' : `tag ${tag}, `}byte ${offset + 1})`);
    if (tag !== undefined) this.tag = tag;
  }
}
