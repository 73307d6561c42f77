import { createRequire } from 'node:module';
import { type CardChannel, openPcsc } from '../../../src/readers/index.js';
import type { SmartcardPackage } from '../../../src/readers/pcsc-smartcard/smartcard-package.js';
import { type TapCardOptions, type TapResult, tapCard } from '../../../src/terminal/index.js';
import { gate } from '../../terminal/tap/tap-fixture.js';

/** PC/SC part 5 §3.2.5.1: shared, T=0 or T=1, leave the card. */
const SHARED = 2;
const ANY_PROTOCOL = 3;
const LEAVE_CARD = 0;
const SHORT_RESPONSE_LENGTH_MAX = 258;
/** Until everything that a tap runs through at the terminal has been compiled. */
const WARMING_TAPS = 5000;

export interface TapOverPcsc {
  /** The commands of a tap, sent through the package alone, and nothing looked at. */
  bare(): Promise<void>;
  tap(): Promise<void>;
  end(): Promise<void>;
}

/** A tap of the card on that reader, and its commands bare. */
export async function tapOverPcsc(readerName: string, slot: number): Promise<TapOverPcsc> {
  const channel = await openPcsc({ binding: 'smartcard' }).waitForCard(readerName, { timeoutMs: 10_000 });
  const options = standing(channel);
  const { trace } = await acceptedTap(options);
  const { Context } = createRequire(import.meta.url)('smartcard') as SmartcardPackage;
  const context = new Context();
  const card = await context.listReaders()[slot]!.connect(SHARED, ANY_PROTOCOL);
  const commands = trace.map(({ command }) => Buffer.from(command));
  for (const command of commands)
    await refuseUnlessDone(card.transmit(command, { maxRecvLength: SHORT_RESPONSE_LENGTH_MAX }));
  const same = standing(answeringTheSame(trace.map(({ response }) => response!)));
  for (let tap = 0; tap < WARMING_TAPS; tap++) await tapOn(same);
  return {
    async bare() {
      for (const command of commands) await card.transmit(command, { maxRecvLength: SHORT_RESPONSE_LENGTH_MAX });
    },
    tap: () => tapOn(options),
    async end() {
      card.disconnect(LEAVE_CARD);
      context.close();
      await channel.close();
    },
  };
}

/** A gate makes its options once. It chooses the same number each time here, so that the answers to one tap do for the next. */
const standing = (channel: CardChannel): TapCardOptions => ({
  ...gate(channel),
  random: (length) => new Uint8Array(length).fill(7),
});

const FIRST_TAPS_MAX = 5;

/** A card whose process has just begun may be too slow for a gate at first. */
async function acceptedTap(options: TapCardOptions): Promise<TapResult> {
  for (let tap = 1; ; tap++) {
    const result = await tapCard(options);
    if (result.accepted) return result;
    if (tap === FIRST_TAPS_MAX) throw new Error(result.reason);
  }
}

async function tapOn(options: TapCardOptions): Promise<void> {
  const result = await tapCard(options);
  if (!result.accepted) throw new Error(result.reason);
}

/** A refusal would be sooner there than an answer: the commands bare have to do what the tap does. */
async function refuseUnlessDone(answer: Promise<Uint8Array>): Promise<void> {
  const statusWord = Buffer.from((await answer).slice(-2)).toString('hex');
  if (statusWord !== '9000') throw new Error(`a command of the tap was answered with ${statusWord}`);
}

function answeringTheSame(answers: readonly Uint8Array[]): CardChannel {
  let count = 0;
  return {
    name: 'answers of before',
    transmit: async () => answers[count++ % answers.length]!,
    reset: async () => {},
    close: async () => {},
  };
}
