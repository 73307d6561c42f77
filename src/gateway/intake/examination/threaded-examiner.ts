import type { TapRecord } from '../../../tap/index.js';
import type { IssuerKey } from '../../evidence/index.js';
import { AskedThread } from '../../threads/asked-thread.js';
import { cutTaps } from '../joined-taps.js';
import type { ExaminedRecord } from './examined-record.js';
import type { Examiner, ExaminerOptions, KeptCertificates } from './examiner.js';
import type { Examined, ThreadSetUp, ToExamine } from './messages.js';
import type { Reading, TapText } from './read-text.js';

/** In a message: some, since nothing is kept before the first is back (docs/decisions/0057). */
const TOGETHER_MAX = 50;

interface Waiting {
  readonly text: string;
  readonly resolve: (reading: Reading) => void;
  readonly reject: (error: Error) => void;
}

/** Examines in a thread of its own, some taps to a message. */
export class ThreadedExaminer implements Examiner {
  readonly #options: ExaminerOptions;
  readonly #thread: AskedThread<ToExamine, Examined>;
  /** Those that its thread has not been told of yet. */
  #queue: Waiting[] = [];
  #isSending = false;
  /** How many its thread has been told of and has not answered. */
  #told = 0;
  #issuerKeys: readonly IssuerKey[] | undefined;
  #kept: KeptCertificates | undefined;

  constructor(options: ExaminerOptions) {
    this.#options = options;
    this.#thread = new AskedThread({ file: 'examiner-thread.js', setUp: () => this.#setUp() });
  }

  /** How many taps wait for it. */
  get load(): number {
    return this.#queue.length + this.#told;
  }

  async examine(record: TapRecord): Promise<ExaminedRecord> {
    const reading = await this.read(JSON.stringify(record));
    if ('sealed' in reading) {
      const { examined } = JSON.parse(reading.text) as TapText;
      return { ...examined, sealed: reading.sealed };
    }
    throw new TypeError(`no tap record: ${JSON.stringify(reading)}`);
  }

  read(text: string): Promise<Reading> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ text, resolve, reject });
      if (this.#isSending) return;
      this.#isSending = true;
      // While it is busy, whatever else comes in this turn goes along; while it is idle it need not wait for that.
      if (this.#thread.isIdle) queueMicrotask(this.#send);
      else setImmediate(this.#send);
    });
  }

  keptCertificates(): KeptCertificates {
    const none = { hits: 0, misses: 0, size: 0, sizeMax: 0 };
    return this.#kept ?? { issuer: none, card: none };
  }

  async close(): Promise<void> {
    const error = new Error('the gateway has stopped');
    for (const { reject } of this.#queue.splice(0)) reject(error);
    await this.#thread.end(error);
  }

  readonly #send = (): void => {
    this.#isSending = false;
    while (this.#queue.length > 0) {
      const together = this.#queue.slice(0, TOGETHER_MAX);
      this.#queue = this.#queue.slice(TOGETHER_MAX);
      void this.#examine(together);
    }
  };

  async #examine(together: readonly Waiting[]): Promise<void> {
    this.#told += together.length;
    try {
      this.#answer(together, await this.#thread.ask(this.#messageOf(together)));
    } catch (error) {
      for (const { reject } of together) reject(error as Error);
    } finally {
      this.#told -= together.length;
    }
  }

  #setUp(): ThreadSetUp {
    const { caKeys, recordKeys, revoked, tokenKey } = this.#options;
    const keys = caKeys.all().map(({ prepared: _prepared, ...key }) => key);
    this.#issuerKeys = this.#options.issuerKeys?.all();
    return { caKeys: keys, issuerKeys: this.#issuerKeys, revoked, tokenKey, recordKeys };
  }

  #messageOf(together: readonly Waiting[]): ToExamine {
    const texts = together.map(({ text }) => text);
    const issuerKeys = this.#options.issuerKeys?.all();
    if (issuerKeys === this.#issuerKeys) return { texts };
    this.#issuerKeys = issuerKeys;
    return { texts, issuerKeys };
  }

  #answer(waiting: readonly Waiting[], { keptCertificates, operators, others, taps }: Examined): void {
    this.#kept = keptCertificates;
    const otherAt = new Map(others);
    const parts = cutTaps(taps);
    let next = 0;
    for (const [place, { resolve, reject }] of waiting.entries()) {
      const other = otherAt.get(place);
      if (other === undefined) {
        const { text, sealed } = parts[next]!;
        resolve({ operator: operators[next++]!, text, sealed });
      } else if ('thrown' in other) reject(new Error(other.thrown));
      else resolve(other);
    }
  }
}
