import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { toQueueError } from '../queue/queue-error.js';
import type { QueueFiles } from '../queue/queue-files.js';

/** The hash of the text, then the text: whoever reads it knows whether it is all there. */
const frame = (text: string): Uint8Array => Buffer.from(`${hashOf(text)}\n${text}`);

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

function unframe(bytes: Uint8Array): string | undefined {
  const whole = Buffer.from(bytes).toString('utf8');
  const end = whole.indexOf('\n');
  const text = whole.slice(end + 1);
  return end > 0 && whole.slice(0, end) === hashOf(text) ? text : undefined;
}

const DIGITS = 10;
const nameOf = (name: string, number: number): string => `${name}.${String(number).padStart(DIGITS, '0')}.json`;

export interface KeptText {
  readonly number: number;
  /** `undefined`: the file is torn or damaged. */
  readonly text: string | undefined;
}

/** The files of a name, the newest first. */
export async function readKept(files: QueueFiles, folder: string, name: string): Promise<readonly KeptText[]> {
  const pattern = new RegExp(`^${name}\\.(\\d{${DIGITS}})\\.json$`);
  const numbers = (await files.list(folder)).flatMap((each) => pattern.exec(each)?.[1] ?? []).map(Number);
  const kept: KeptText[] = [];
  for (const number of numbers.sort((left, right) => right - left)) {
    const file = await files.open(join(folder, nameOf(name, number)));
    try {
      kept.push({ number, text: unframe(await file.readAll()) });
    } finally {
      await file.close();
    }
  }
  return kept;
}

/**
 * Keeps a text under the next number of its name. Until all of it is on the disk, and the folder knows it, nothing else
 * is touched; then all but the one before go. Throws QueueError `disk-full` or `write-failed`; what was there counts on.
 */
export async function keepText(
  files: QueueFiles,
  folder: string,
  name: string,
  {
    number,
    text,
    previous,
  }: { readonly number: number; readonly text: string; readonly previous?: number | undefined },
): Promise<void> {
  const path = join(folder, nameOf(name, number));
  try {
    const file = await files.open(path);
    try {
      await file.truncate(0);
      await file.write(frame(text), 0);
      await file.sync();
    } finally {
      await file.close();
    }
    await files.syncFolder(folder);
  } catch (error) {
    await files.remove(path).catch(() => {});
    throw toQueueError(error);
  }
  for (const old of await readNumbers(files, folder, name)) {
    if (old !== number && old !== previous) await files.remove(join(folder, nameOf(name, old)));
  }
}

async function readNumbers(files: QueueFiles, folder: string, name: string): Promise<readonly number[]> {
  const pattern = new RegExp(`^${name}\\.(\\d{${DIGITS}})\\.json$`);
  return (await files.list(folder)).flatMap((each) => pattern.exec(each)?.[1] ?? []).map(Number);
}
