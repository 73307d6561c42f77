const isPrintable = (text: string): boolean => !/[\p{Cc}\p{Cn}\p{Co}\uFFFD]/u.test(text);

/** Text of a card: ASCII, UTF-8, or GB 18030 as Chinese issuers write it; `undefined` where it is none of these. */
export function readText(bytes: Uint8Array): string | undefined {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  if (end === 0) return undefined;
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes.subarray(0, end)).trim();
      if (text !== '' && isPrintable(text)) return text;
    } catch {
      // Not this encoding: the next one may fit.
    }
  }
  return undefined;
}
