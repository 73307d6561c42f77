/** A heading as it is compared: without blanks, marks, remarks in brackets, width and case. */
export const plainHeading = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/\([^)]*\)/g, '')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
