import { MembershipError } from './membership-error.js';

/** Text of bytes as they come. Throws {@link MembershipError} where they are not UTF-8. */
export async function* decodeUtf8(content: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  const decode = (bytes?: Uint8Array): string => {
    try {
      return decoder.decode(bytes, { stream: bytes !== undefined });
    } catch {
      const message = 'not UTF-8; a spreadsheet saves it as "CSV UTF-8"';
      throw new MembershipError([{ index: 0, line, column: '', code: 'file-malformed', message }]);
    }
  };
  for await (const bytes of content) {
    const text = decode(bytes);
    line += text.split('\n').length - 1;
    yield text;
  }
  yield decode();
}
