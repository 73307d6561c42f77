/**
 * EMV 4.3 Book 3 §4.3: a alphabetic, an alphanumeric, ans with special characters, b binary, cn compressed numeric,
 * n numeric. `template`: constructed. `dol`: a data object list. `var`: several of these, or the issuer's own.
 */
export type DataFormat = 'a' | 'an' | 'ans' | 'b' | 'cn' | 'n' | 'dol' | 'template' | 'var';

/** Where a value comes from. */
export type DataSource = 'card' | 'terminal' | 'issuer';

/** Numbers of EMVCo: 2 Mastercard, 3 Visa, 4 American Express, 5 JCB, 6 Discover, 7 UnionPay (Books C-2 to C-7). */
export type Kernel = 2 | 3 | 4 | 5 | 6 | 7;

/** What a tag means in one place. */
export interface TagMeaning {
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
  /** Document and section; several with `; ` between them. */
  readonly reference: string;
  /** The kernels that give it this meaning; absent where it is nobody's own. */
  readonly kernels?: readonly Kernel[];
  /** The templates within which alone it has this meaning. */
  readonly within?: readonly string[];
}

/** A tag's first meaning (PBOC's and UnionPay's before EMV's, EMV's before a scheme's), and its others. */
export interface TagDefinition extends TagMeaning {
  readonly others?: readonly TagMeaning[];
}
