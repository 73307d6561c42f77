import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { CommandError } from '../exit-codes.js';

export interface MemberFile {
  /** Its bytes as they come; `onBytes` is told how many have come. */
  content(onBytes?: (count: number) => void): AsyncGenerator<Uint8Array>;
  /** Absent for the pipe. */
  readonly bytes?: number;
}

/** A file that an argument names, or the pipe for `-`, not read yet. Throws {@link CommandError}. */
export async function openMemberFile(path: string): Promise<MemberFile> {
  if (path === '-') return { content: (onBytes) => counted(process.stdin, onBytes) };
  const unreadable = (error: Error): never => {
    throw new CommandError('file-unreadable', error.message);
  };
  const found = await stat(path).catch(unreadable);
  if (!found.isFile()) unreadable(new Error(`${path}: not a file`));
  return {
    bytes: found.size,
    content: (onBytes) =>
      counted(
        createReadStream(path).on('error', () => {}),
        onBytes,
      ),
  };
}

async function* counted(
  stream: AsyncIterable<Uint8Array | string>,
  onBytes: (count: number) => void = () => {},
): AsyncGenerator<Uint8Array> {
  let count = 0;
  for await (const chunk of stream) {
    const bytes = typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk;
    count += bytes.length;
    onBytes(count);
    yield bytes;
  }
}
