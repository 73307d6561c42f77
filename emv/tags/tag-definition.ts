/**
 * EMV 4.3 Book 3 §4.3: a alphabetic, an alphanumeric, ans with special characters, b binary, cn compressed numeric,
 * n numeric. `template`: constructed. `dol`: a data object list. `var`: several of these, or the issuer's own.
 */
export type DataFormat = 'a' | 'an' | 'ans' | 'b' | 'cn' | 'n' | 'dol' | 'template' | 'var';

/** Where a value comes from. */
export type DataSource = 'card' | 'terminal' | 'issuer';

export interface TagDefinition {
  /** Upper-case hex. */
  readonly tag: string;
  readonly name: string;
  readonly nameZh: string;
  readonly source: DataSource;
  readonly format: DataFormat;
  /** Digits or characters that the format allows, as the documents write them: `12`, `1-19`. */
  readonly digits?: string;
  /** Bytes: `6`, `5-16`, `1|3`, `0-252`; absent where no document limits them. */
  readonly length?: string;
  /** Templates that hold it, and messages that carry it. */
  readonly template?: readonly string[];
  /** Document and section. */
  readonly reference: string;
}
