/**
 * One BER-TLV data object. `tag` is upper-case hex (`'9F26'`), `value` a view on the decoded bytes, `children` stand
 * only below a constructed tag, `offset` is where the tag begins in the whole input.
 */
export interface DataObject {
  readonly tag: string;
  readonly value: Uint8Array;
  readonly children?: readonly DataObject[];
  readonly offset: number;
}

/** What `encode` takes: every {@link DataObject} is one. Where there are `children`, they count and `value` does not. */
export type EncodableObject =
  | { readonly tag: string; readonly value: Uint8Array; readonly children?: readonly EncodableObject[] }
  | { readonly tag: string; readonly value?: undefined; readonly children: readonly EncodableObject[] };

/** Primitive values by tag in upper-case hex. */
export type DataMap = ReadonlyMap<string, Uint8Array>;

/** Deeper templates than this are refused; the flows of EMV and PBOC nest four deep. */
export const NESTING_DEPTH_MAX = 32;
