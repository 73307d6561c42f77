import { workerData } from 'node:worker_threads';
import { acceptTaps } from './intake/accept-taps.js';
import type { ExaminedTap } from './intake/examine-tap.js';
import type { Booked } from './intake/intake-observer.js';
import type { Kept, ThreadSetUp, ToKeep } from './intake/keeping/index.js';
import { cutSealed } from './intake/sealed-parts.js';
import { loadFareRules } from './load-fare-rules.js';
import { readFareCards } from './membership/index.js';
import { type GatewayDatabase, openDatabase } from './storage/index.js';
import { answerQuestions } from './threads/answer-questions.js';

/** A thread that keeps taps in the books, so that the one that answers requests goes on meanwhile. */
const { location, rules: source } = workerData as ThreadSetUp;
const rules = loadFareRules(source);
let opened: Promise<GatewayDatabase> | undefined;

/** Where it cannot be opened the taps at hand are not kept, and the next ones try again. */
function open(): Promise<GatewayDatabase> {
  opened ??= openDatabase(location).catch((error: unknown) => {
    opened = undefined;
    throw error;
  });
  return opened;
}

async function keep({ taps, sealed, aheadMs }: ToKeep): Promise<Kept> {
  let booked: Booked | undefined;
  const clock = () => new Date(Date.now() + aheadMs);
  const observer = {
    booked: (told: Booked) => {
      booked = told;
    },
  };
  const database = await open();
  const answers = await acceptTaps({ ...rules, database, readFareCards, clock, observer }, tapsOf(taps, sealed));
  return { answers, booked };
}

type Sent = Omit<ExaminedTap, 'sealed'> & { readonly sealedLength: number };

function tapsOf(text: string, sealed: Uint8Array): ExaminedTap[] {
  const next = cutSealed(sealed);
  // Set on what was parsed just now: nobody else has it, and a copy costs more.
  return (JSON.parse(text) as readonly Sent[]).map((tap) => Object.assign(tap, { sealed: next(tap.sealedLength) }));
}

answerQuestions(async (question: ToKeep | 'close') => {
  if (question !== 'close') return keep(question);
  await (await opened)?.close();
  return undefined;
});
