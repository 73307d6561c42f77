import type { MemberFile } from './open-member-file.js';

/** All bytes of a file that is small enough to be sent as a whole. */
export async function readWholeFile({ content }: MemberFile): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of content()) parts.push(part);
  return Buffer.concat(parts);
}
