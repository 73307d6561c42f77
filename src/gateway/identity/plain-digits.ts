/** What blanks of all widths, hyphens and invisible marks stand between the digits that people write. */
const BETWEEN = /[\s\p{Cf}\p{Pd}·.]/gu;

/** A number as people write it, in plain characters: full-width ones narrowed, blanks and hyphens gone, in upper case. */
export const plainDigits = (text: string): string => text.normalize('NFKC').replace(BETWEEN, '').toUpperCase();
