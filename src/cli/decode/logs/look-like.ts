import { commandName, decodeCommand } from '../../../../emv/card-language.js';

/** A command of a known instruction whose lengths agree. */
export function looksLikeCommand(bytes: Uint8Array): boolean {
  if (bytes.length < 4 || (bytes[0]! & 0xf0) === 0x60 || bytes[0] === 0xff) return false;
  try {
    const { cla, ins } = decodeCommand(bytes);
    return !commandName({ cla, ins }).startsWith('INS') && bytes.length !== 4;
  } catch {
    return false;
  }
}

/** Bytes that end in a status word of ISO/IEC 7816-4: 61 to 6F, or 9. */
export function looksLikeResponse(bytes: Uint8Array): boolean {
  if (bytes.length < 2) return false;
  const first = bytes.at(-2)!;
  return (first > 0x60 && first <= 0x6f) || (first & 0xf0) === 0x90;
}
