/** Without characters that steer a terminal or turn the direction of the text around them. */
const isPrintable = (text: string): boolean => !/[\p{C}\p{Zl}\p{Zp}\uFFFD]/u.test(text);

/** Text of a card: ASCII, UTF-8, or GB 18030 as Chinese issuers write it; `undefined` where it is none of these. */
export function readText(bytes: Uint8Array): string | undefined {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  const text = decodeText(bytes.subarray(0, end))?.trim();
  return text !== undefined && text !== '' && isPrintable(text) ? text : undefined;
}

function decodeText(bytes: Uint8Array): string | undefined {
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // Not this encoding: the next one may fit.
    }
  }
  return undefined;
}
