/** Stands before bytes that were hex; no JSON text has it. */
const MARK = 0x01;
/** Mark and length, in three bytes. */
const HEAD_LENGTH = 4;

/** The text of a record that was packed before {@link packRecord}: each string of hex stands as a mark, its length and its bytes. */
export function unpackText(packed: Buffer): string {
  let text = '';
  let from = 0;
  for (let at = packed.indexOf(MARK); at !== -1; at = packed.indexOf(MARK, from)) {
    const end = at + HEAD_LENGTH + packed.readUIntBE(at + 1, HEAD_LENGTH - 1);
    text += packed.toString('utf8', from, at);
    text += `"${packed.toString('hex', at + HEAD_LENGTH, end).toUpperCase()}"`;
    from = end;
  }
  return text + packed.toString('utf8', from);
}
