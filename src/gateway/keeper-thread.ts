import { workerData } from 'node:worker_threads';
import type { TapToKeep } from './intake/examine-tap.js';
import type { Booked } from './intake/intake-observer.js';
import { cutTaps } from './intake/joined-taps.js';
import { inTurn, type Kept, keepTogether, type ThreadSetUp, type ToKeep } from './intake/keeping/index.js';
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

async function keep({ taps, nowMs, uploadedAtMs, aheadMs }: ToKeep): Promise<Kept> {
  let booked: Booked | undefined;
  const clock = () => new Date(Date.now() + aheadMs);
  const observer = {
    booked: (told: Booked) => {
      booked = told;
    },
  };
  const database = await open();
  const toKeep = cutTaps(taps).map(({ text, sealed }, index): TapToKeep => {
    return { text, sealed, nowMs: nowMs[index]!, uploadedAtMs: uploadedAtMs[index] };
  });
  const answers = await keepTogether({ ...rules, database, readFareCards, clock, observer }, toKeep);
  return { answers, booked };
}

const keepInTurn = inTurn(keep);

answerQuestions(async (question: ToKeep | 'close') => {
  if (question !== 'close') return keepInTurn(question, question.isBehind);
  await (await opened)?.close();
  return undefined;
});
