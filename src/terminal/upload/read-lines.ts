/** A line longer than this is no answer to a tap; what follows it is not read. */
const LINE_LENGTH_MAX = 1024 * 1024;

export interface ReadLines {
  readonly lines: readonly string[];
  /** What cut the reading short. */
  readonly failure?: unknown;
}

/** Reads text line by line and hands back all that came, also when the connection breaks in the middle. */
export async function readLines(body: AsyncIterable<Uint8Array> | null): Promise<ReadLines> {
  const lines: string[] = [];
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for await (const chunk of body ?? []) {
      const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n');
      rest = parts.pop() ?? '';
      lines.push(...parts);
      if (rest.length > LINE_LENGTH_MAX) throw new RangeError(`a line of more than ${LINE_LENGTH_MAX} characters`);
    }
    return { lines: [...lines, rest].filter((line) => line.trim() !== '') };
  } catch (failure) {
    return { lines: lines.filter((line) => line.trim() !== ''), failure };
  }
}
