import type { TapRecord } from '../../tap/index.js';
import { Turns } from '../../turns/turns.js';
import type { Journal } from './journal.js';
import { QueueError, toQueueError } from './queue-error.js';
import type { QueueFiles } from './queue-files.js';
import type { QueueAnswer, QueueState, SetAside, TapLocation } from './queue-state.js';
import type { QueueOwner } from './recover.js';
import type { RefusedTap, RefusedTaps } from './refused-taps.js';
import type { Segment } from './segment.js';

/** A tap before its terminal has numbered it. */
export type UnnumberedTap = Omit<TapRecord, 'sequence'>;

export interface TapQueueOptions extends QueueOwner {
  /** 32 bytes; taps are sealed with AES-256-GCM since their evidence holds the card number. */
  readonly key: Uint8Array;
  /** Source of nonces: a cryptographic one. */
  readonly random: (length: number) => Uint8Array;
  /** Beyond this many bytes on the disk no tap is taken. Default 64 MiB, about 15,000 taps. */
  readonly bytesMax?: number | undefined;
  /** A new segment file is begun beyond this size. Default 1 MiB. */
  readonly segmentBytesMax?: number | undefined;
  readonly files?: QueueFiles | undefined;
}

const BYTES_MAX = 64 * 1024 * 1024;
const SEGMENT_BYTES_MAX = 1024 * 1024;

/**
 * A terminal's store-and-forward queue: taps in the order of their numbers, each on the disk before
 * {@link TapQueue.append} returns, each kept until the gateway has answered it. Opened by {@link openTapQueue}.
 *
 * Its files are append-only segments of checksummed, encrypted frames and not a database: one flipped bit on a
 * validator's flash costs the one tap it lies in, where in a database it may cost the page, the index or the file.
 */
export class TapQueue {
  #isClosed = false;
  #closing: Promise<void> | undefined;
  readonly #turns = new Turns();

  /** @internal use {@link openTapQueue} */
  constructor(
    private readonly options: TapQueueOptions,
    private readonly journal: Journal,
    private readonly state: QueueState,
    private readonly refusedTaps: RefusedTaps,
    private readonly lock: { release(): void },
  ) {}

  get operator(): string {
    return this.options.operator;
  }

  get terminal(): string {
    return this.options.terminal;
  }

  /** The number that the next tap gets: one more than the last one, for ever, whatever was uploaded or lost. */
  get nextSequence(): number {
    return this.state.nextSequence;
  }

  /** How many taps wait for an answer. */
  get pendingCount(): number {
    return this.state.pending.size;
  }

  /** Bytes on the disk. */
  get bytes(): number {
    return this.journal.bytes + this.refusedTaps.bytes;
  }

  /** How many refused taps are kept. */
  get refusedCount(): number {
    return this.refusedTaps.count;
  }

  /** What is damaged, oldest first. The other taps are not touched by it. */
  get setAside(): readonly SetAside[] {
    return [...this.state.setAside, ...this.refusedTaps.setAside];
  }

  /** Numbers of taps that were kept once and cannot be read any more. The gateway will see a gap there. */
  get missingSequences(): readonly number[] {
    return this.state.missingSequences;
  }

  /** Bytes of an unfinished write that were cut off when the queue was opened. */
  get tornBytes(): number {
    return this.state.tornBytes;
  }

  /**
   * Numbers a tap and keeps it; when this returns, the tap is on the disk. A number that the tap has already is
   * replaced: numbers are the queue's alone. Throws {@link QueueError}: `queue-full`, `disk-full`, `write-failed`,
   * `tap-too-large`, `other-terminal`, `queue-closed`; the tap is then not in the queue.
   */
  append(tap: UnnumberedTap): Promise<TapRecord> {
    return this.#oneByOne(async () => {
      if (tap.operator !== this.operator || tap.terminal !== this.terminal) {
        throw new QueueError('other-terminal', `a tap of ${tap.operator}/${tap.terminal} is not this queue's`);
      }
      const record: TapRecord = { ...tap, sequence: this.nextSequence };
      const frame = this.journal.seal('tap', record.sequence, record);
      const bytesMax = this.options.bytesMax ?? BYTES_MAX;
      if (this.bytes + frame.length > bytesMax) {
        throw new QueueError(
          'queue-full',
          `${this.pendingCount} taps wait, ${this.refusedCount} were refused; the limit is ${bytesMax} bytes`,
        );
      }
      const { hasTaps, size } = this.#current;
      if (hasTaps && size + frame.length > this.#segmentBytesMax) await this.#beginSegment();
      const location = await this.journal.write(frame);
      location.segment.hasTaps = true;
      this.state.pending.set(record.sequence, location);
      this.state.nextSequence = record.sequence + 1;
      return record;
    });
  }

  /** The oldest taps without an answer, in order. A tap that turns out unreadable is set aside and left out. */
  pending(limit: number): Promise<TapRecord[]> {
    return this.#oneByOne(async () => {
      const records: TapRecord[] = [];
      for (const [sequence, location] of this.state.pending) {
        if (records.length >= limit) break;
        const record = await this.#read(sequence, location);
        if (record) records.push(record);
      }
      return records;
    });
  }

  /**
   * Takes the gateway's final answers and lets go of the taps; a tap that was refused, or is in conflict, goes to the
   * refused ones first. When this returns, the answers are on the disk. Answers to taps that do not wait are passed
   * over. When it throws {@link QueueError} `disk-full` the taps stay and may be sent again.
   */
  acknowledge(answers: readonly QueueAnswer[]): Promise<void> {
    return this.#oneByOne(async () => {
      const expected = new Map(answers.map((answer) => [answer.sequence, answer]));
      for (const sequence of expected.keys()) if (!this.state.pending.has(sequence)) expected.delete(sequence);
      await this.#keepRefused([...expected.values()]);
      await this.#keepAnswers(expected);
      for (const sequence of expected.keys()) this.state.pending.delete(sequence);
      await this.#compact();
    });
  }

  /** Taps that the gateway did not take, in the order of the refusals. */
  refused(): Promise<RefusedTap[]> {
    return this.#oneByOne(() => this.refusedTaps.all());
  }

  /** Forgets the refused taps, once somebody has looked into them. */
  discardRefused(): Promise<void> {
    return this.#oneByOne(() => this.refusedTaps.discard());
  }

  /** Ends what is under way, closes the files and frees the folder. May be called twice. */
  async close(): Promise<void> {
    this.#closing ??= this.#oneByOne(async () => {
      this.#isClosed = true;
      try {
        await this.journal.close();
        await this.refusedTaps.close();
      } finally {
        this.lock.release();
      }
    });
    await this.#closing;
  }

  /** @internal gives a new queue its first segment */
  start(): Promise<void> {
    return this.#oneByOne(async () => {
      if (!this.journal.current) await this.#beginSegment();
    });
  }

  get #current(): Segment {
    return this.journal.current!;
  }

  get #segmentBytesMax(): number {
    return this.options.segmentBytesMax ?? SEGMENT_BYTES_MAX;
  }

  #oneByOne<T>(work: () => Promise<T>): Promise<T> {
    return this.#turns.take(async () => {
      if (this.#isClosed) throw new QueueError('queue-closed', 'the queue is closed');
      return work();
    });
  }

  #beginSegment(): Promise<void> {
    return this.journal.beginSegment(this.nextSequence, { operator: this.operator, terminal: this.terminal });
  }

  async #read(sequence: number, location: TapLocation): Promise<TapRecord | undefined> {
    const frame = await this.journal.read(sequence, location);
    if (frame.ok) return JSON.parse(new TextDecoder().decode(frame.plain)) as TapRecord;
    const { segment, offset, length } = location;
    this.state.setAside.push({ file: segment.name, offset, length, reason: frame.reason, sequence });
    this.state.missingSequences.push(sequence);
    this.state.pending.delete(sequence);
    return undefined;
  }

  async #keepRefused(answers: readonly QueueAnswer[]): Promise<void> {
    const refused: RefusedTap[] = [];
    for (const answer of answers) {
      if (answer.result === 'created' || answer.result === 'exists') continue;
      const record = await this.#read(answer.sequence, this.state.pending.get(answer.sequence)!);
      if (record) refused.push({ record, answer });
    }
    await this.refusedTaps.add(refused);
  }

  async #keepAnswers(answers: ReadonlyMap<number, QueueAnswer>): Promise<void> {
    if (answers.size === 0) return;
    const frames = [...answers.values()].map((answer) => this.journal.seal('answer', answer.sequence, answer));
    try {
      await this.journal.write(...frames);
    } catch (error) {
      // On a full disk a segment whose taps are all answered makes room for the answers to the rest.
      const hasRoom = toQueueError(error).code === 'disk-full' && (await this.#removeAnswered(new Set(answers.keys())));
      if (!hasRoom) throw error;
      await this.journal.write(...frames);
    }
  }

  /** Removes the oldest segments while all their taps are answered; tells whether there was one. */
  async #removeAnswered(alsoAnswered: ReadonlySet<number>): Promise<boolean> {
    const waiting = [...this.state.pending].filter(([sequence]) => !alsoAnswered.has(sequence));
    const used = new Set(waiting.map(([, location]) => location.segment));
    const before = this.journal.bytes;
    for (let oldest = this.journal.oldest!; oldest !== this.#current; oldest = this.journal.oldest!) {
      if (used.has(oldest)) break;
      await this.journal.removeOldest(this.state.setAside);
      for (const [sequence, { segment }] of this.state.pending) {
        if (segment === oldest) this.state.pending.delete(sequence);
      }
    }
    return this.journal.bytes < before;
  }

  /** Answers stand in the segment of their tap or in a later one, so nothing that stays loses its answer. */
  async #compact(): Promise<void> {
    const isIdle = this.pendingCount === 0 && this.#current.hasTaps;
    try {
      if (isIdle && this.#current.size > this.#segmentBytesMax / 4) await this.#beginSegment();
      await this.#removeAnswered(new Set());
    } catch (error) {
      // The answers are kept; on a full disk the tidying up waits for the next ones.
      if (toQueueError(error).code !== 'disk-full') throw error;
    }
  }
}
