import { join } from 'node:path';
import { concat } from '../../../emv/bytes.js';
import type { TapRecord } from '../../tap/index.js';
import { AppendFile, type QueueHealth } from './append-file.js';
import { type ScannedFrame, scanFrames } from './frame.js';
import type { QueueFiles } from './queue-files.js';
import type { QueueAnswer, SetAside } from './queue-state.js';
import type { RecordCipher } from './record-cipher.js';
import { sealFrame } from './seal-frame.js';

/** A tap that the gateway did not take, and why. It is not sent again by itself. */
export interface RefusedTap {
  readonly record: TapRecord;
  readonly answer: QueueAnswer;
}

const FILE_NAME = 'refused';

/** The file of taps that were refused: each is in it before the queue lets go of it, and stays until discarded. */
export class RefusedTaps {
  readonly setAside: SetAside[] = [];
  readonly #sequences = new Set<number>();

  private constructor(
    private readonly file: AppendFile,
    private readonly cipher: RecordCipher,
  ) {}

  static async open(
    files: QueueFiles,
    folder: string,
    cipher: RecordCipher,
    health: QueueHealth,
  ): Promise<RefusedTaps> {
    const file = new AppendFile(FILE_NAME, await files.open(join(folder, FILE_NAME)), health);
    const taps = new RefusedTaps(file, cipher);
    try {
      await taps.#recover();
      return taps;
    } catch (error) {
      await file.file.close();
      throw error;
    }
  }

  get count(): number {
    return this.#sequences.size;
  }

  get bytes(): number {
    return this.file.size;
  }

  /** When this returns the taps are on the disk. One that is kept already is not kept twice. */
  async add(taps: readonly RefusedTap[]): Promise<void> {
    const added = taps.filter((tap) => !this.#sequences.has(tap.answer.sequence));
    if (added.length === 0) return;
    await this.file.append(concat(...added.map((tap) => sealFrame(this.cipher, 'refused', tap.answer.sequence, tap))));
    for (const tap of added) this.#sequences.add(tap.answer.sequence);
  }

  async all(): Promise<RefusedTap[]> {
    return [...scanFrames(await this.file.file.read(0, this.file.size))].flatMap((frame) => this.#open(frame) ?? []);
  }

  async discard(): Promise<void> {
    await this.file.truncate(0);
    this.#sequences.clear();
    this.setAside.length = 0;
  }

  async close(): Promise<void> {
    await this.file.file.close();
  }

  #open(frame: ScannedFrame): RefusedTap | undefined {
    if (frame.state !== 'whole') return undefined;
    const plain = this.cipher.open('refused', frame.sequence, frame.payload);
    return plain && (JSON.parse(new TextDecoder().decode(plain)) as RefusedTap);
  }

  async #recover(): Promise<void> {
    const bytes = await this.file.file.readAll();
    this.file.size = bytes.length;
    for (const frame of scanFrames(bytes)) {
      if (frame.state === 'torn') await this.file.truncate(frame.offset);
      else if (this.#open(frame)) this.#sequences.add(frame.sequence!);
      else this.#setAside(frame, frame.state === 'damaged' ? 'damaged' : 'not-authentic');
    }
  }

  #setAside({ offset, length }: ScannedFrame, reason: SetAside['reason']): void {
    this.setAside.push({ file: FILE_NAME, offset, length, reason });
  }
}
