import { join } from 'node:path';
import { concat } from '../../../emv/bytes.js';
import type { QueueHealth } from './append-file.js';
import { type FrameKind, scanFrames } from './frame.js';
import { toQueueError } from './queue-error.js';
import type { QueueFiles } from './queue-files.js';
import type { SetAside, TapLocation } from './queue-state.js';
import type { RecordCipher } from './record-cipher.js';
import { sealFrame } from './seal-frame.js';
import { openSegment, type Segment, segmentName } from './segment.js';

/** A frame's content once it is read again, or why it cannot be. */
export type ReadFrame =
  | { readonly ok: true; readonly plain: Uint8Array }
  | { readonly ok: false; readonly reason: SetAside['reason'] };

/**
 * The segment files under a queue: frames are only ever added to the last one, and whole files removed from the
 * front. Nothing is reported as written before it is on the disk.
 */
export class Journal {
  constructor(
    private readonly folder: string,
    private readonly files: QueueFiles,
    private readonly cipher: RecordCipher,
    private readonly health: QueueHealth,
    /** Oldest first. */
    private readonly segments: Segment[],
  ) {}

  get current(): Segment | undefined {
    return this.segments.at(-1);
  }

  get oldest(): Segment | undefined {
    return this.segments[0];
  }

  /** Bytes on the disk. */
  get bytes(): number {
    return this.segments.reduce((sum, segment) => sum + segment.size, 0);
  }

  seal(kind: FrameKind, sequence: number, content: unknown): Uint8Array {
    return sealFrame(this.cipher, kind, sequence, content);
  }

  /** Adds sealed frames to the last segment; when this returns they are on the disk, when it throws they are not kept. */
  async write(...frames: readonly Uint8Array[]): Promise<TapLocation> {
    const segment = this.current!;
    const bytes = concat(...frames);
    return { segment, offset: await segment.append(bytes), length: bytes.length };
  }

  async read(sequence: number, { segment, offset, length }: TapLocation): Promise<ReadFrame> {
    const [frame] = scanFrames(await segment.file.read(offset, length));
    if (frame?.state !== 'whole' || frame.length !== length) return { ok: false, reason: 'damaged' };
    const plain = this.cipher.open('tap', sequence, frame.payload);
    return plain ? { ok: true, plain } : { ok: false, reason: 'not-authentic' };
  }

  /** Goes on in a new file whose first tap will be `nextSequence`. */
  async beginSegment(nextSequence: number, header: unknown): Promise<void> {
    let segment: Segment | undefined;
    try {
      segment = await openSegment(this.files, this.folder, segmentName(nextSequence), this.health);
      await segment.append(this.seal('header', nextSequence, header));
      await this.files.syncFolder(this.folder);
      this.segments.push(segment);
    } catch (error) {
      await segment?.file.close();
      throw toQueueError(error);
    }
  }

  /** Removes the oldest file, after a copy of its damaged parts is kept in the folder `set-aside`. */
  async removeOldest(setAside: readonly SetAside[]): Promise<void> {
    const segment = this.segments[0]!;
    const damaged = setAside.filter((entry) => entry.file === segment.name);
    try {
      if (damaged.length > 0) await this.#copyAside(segment, damaged);
      await this.files.remove(join(this.folder, segment.name));
      await this.files.syncFolder(this.folder);
    } catch (error) {
      throw toQueueError(error);
    }
    this.segments.shift();
    await segment.file.close();
  }

  async close(): Promise<void> {
    await Promise.all(this.segments.map((segment) => segment.file.close()));
  }

  async #copyAside(segment: Segment, damaged: readonly SetAside[]): Promise<void> {
    const folder = join(this.folder, 'set-aside');
    await this.files.makeFolder(folder);
    for (const { offset, length } of damaged) {
      const copy = await this.files.open(join(folder, `${segment.name}-${offset}`));
      try {
        await copy.write(await segment.file.read(offset, length), 0);
        await copy.sync();
      } finally {
        await copy.close();
      }
    }
    await this.files.syncFolder(folder);
  }
}
