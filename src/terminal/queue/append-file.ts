import { QueueError, toQueueError } from './queue-error.js';
import type { QueueFile } from './queue-files.js';

/** Shared by the files of one queue: after one unexplained failure none of them takes anything more. */
export interface QueueHealth {
  hasFailed: boolean;
}

/** A file that only grows, by whole frames. */
export class AppendFile {
  /** Bytes that are known to be on the disk; the next frame goes here. */
  size = 0;

  constructor(
    readonly name: string,
    readonly file: QueueFile,
    private readonly health: QueueHealth,
  ) {}

  /**
   * Adds frames and returns where they begin. When this returns they are on the disk; when it throws
   * {@link QueueError} `disk-full` or `write-failed`, they are not kept.
   */
  async append(bytes: Uint8Array): Promise<number> {
    if (this.health.hasFailed) {
      throw new QueueError('write-failed', 'an earlier write failed; open the queue again');
    }
    const offset = this.size;
    try {
      await this.file.write(bytes, offset);
      await this.file.sync();
    } catch (error) {
      await this.#undo();
      const failure = toQueueError(error);
      // A full disk may have room later; after anything else the operating system may have dropped what it held.
      if (failure.code !== 'disk-full') this.health.hasFailed = true;
      throw failure;
    }
    this.size += bytes.length;
    return offset;
  }

  /** Cuts off what follows the first `length` bytes. */
  async truncate(length: number): Promise<void> {
    await this.file.truncate(length);
    await this.file.sync();
    this.size = length;
  }

  /** After a failed write nobody knows what the disk holds: cut back to what is certain, or take nothing more. */
  async #undo(): Promise<void> {
    try {
      await this.truncate(this.size);
    } catch {
      // What could not be cut off is found torn, or whole, when the queue is opened again.
      this.health.hasFailed = true;
    }
  }
}
