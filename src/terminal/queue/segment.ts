import { join } from 'node:path';
import { AppendFile, type QueueHealth } from './append-file.js';
import type { QueueFile, QueueFiles } from './queue-files.js';

/** One append-only file of the queue; its name tells the lowest sequence number that it may hold. */
export class Segment extends AppendFile {
  /** Whether a tap was ever written into it. */
  hasTaps = false;

  constructor(
    name: string,
    readonly firstSequence: number,
    file: QueueFile,
    health: QueueHealth,
  ) {
    super(name, file, health);
  }
}

const NAME = /^(\d{16})\.taps$/;

export function segmentName(firstSequence: number): string {
  return `${String(firstSequence).padStart(16, '0')}.taps`;
}

/** The names of a folder's segments, oldest first. */
export async function listSegments(files: QueueFiles, folder: string): Promise<string[]> {
  return (await files.list(folder)).filter((name) => NAME.test(name)).sort();
}

export async function openSegment(
  files: QueueFiles,
  folder: string,
  name: string,
  health: QueueHealth,
): Promise<Segment> {
  const file = await files.open(join(folder, name));
  return new Segment(name, Number(NAME.exec(name)?.[1]), file, health);
}
