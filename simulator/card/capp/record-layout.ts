/** The file whose records make room for newer ones; those of the others have a header (JR/T 0025.14-2013 annex B). */
export const CYCLIC_FILE = 0x1e;

const LENGTH_OFFSET = 2;
const CONTENT_OFFSET = 3;

/** The first two bytes of a record of a variable file, in hex. */
export const identifierOf = (recordHex: string): string => recordHex.slice(0, 4);

/** Whether a record of a variable file is as long as its third byte says (JR/T 0025.14-2013 B.1). */
export const isWholeRecord = (record: Uint8Array): boolean => record[LENGTH_OFFSET] === record.length - CONTENT_OFFSET;
