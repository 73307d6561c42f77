import { createHash } from 'node:crypto';
import { csvText } from '../../settlement/file/csv-cell.js';
import type { ListEntry } from './list-entry.js';

export type ListFormat = 'csv' | 'json';

interface ListWriter {
  readonly mediaType: string;
  begin(list: string, version: number): string;
  /** `index` counts from 0. */
  entry(entry: ListEntry, index: number): string;
  readonly end: string;
}

/** How each format writes a version: always the same bytes, with nothing but what the version says. */
export const listWriters: Readonly<Record<ListFormat, ListWriter>> = {
  csv: {
    mediaType: 'text/csv',
    begin: () => 'member,unit,reason,since\n',
    entry: ({ member, unit, reason, since }) => `${csvText(member)},${csvText(unit)},${reason},${since}\n`,
    end: '',
  },
  json: {
    mediaType: 'application/json',
    begin: (list, version) => `{"list":${JSON.stringify(list)},"version":${version},"entries":[`,
    entry: (entry, index) => `${index === 0 ? '' : ','}\n${JSON.stringify(entry)}`,
    end: '\n]}\n',
  },
};

const CHUNK_CHARACTERS = 64 * 1024;

/** The text of a version, piece by piece. */
export async function* writeListFile(
  entries: AsyncIterable<ListEntry>,
  { list, version, format }: { readonly list: string; readonly version: number; readonly format: ListFormat },
): AsyncGenerator<string> {
  const writer = listWriters[format];
  let text = writer.begin(list, version);
  let index = 0;
  for await (const entry of entries) {
    text += writer.entry(entry, index++);
    if (text.length < CHUNK_CHARACTERS) continue;
    yield text;
    text = '';
  }
  yield text + writer.end;
}

/** Counts and hashes both files of a version while its entries pass once. */
export async function hashListFiles(
  entries: AsyncIterable<ListEntry>,
  { list, version }: { readonly list: string; readonly version: number },
): Promise<{ readonly entries: number; readonly csvSha256: string; readonly jsonSha256: string }> {
  const files = (['csv', 'json'] as const).map((format) => ({
    writer: listWriters[format],
    hash: createHash('sha256'),
    text: listWriters[format].begin(list, version),
  }));
  let count = 0;
  for await (const entry of entries) {
    for (const file of files) {
      file.text += file.writer.entry(entry, count);
      if (file.text.length < CHUNK_CHARACTERS) continue;
      file.hash.update(file.text);
      file.text = '';
    }
    count++;
  }
  const [csvSha256, jsonSha256] = files.map(({ hash, text, writer }) => hash.update(text + writer.end).digest('hex'));
  return { entries: count, csvSha256: csvSha256!, jsonSha256: jsonSha256! };
}
