import { z } from 'zod';
import {
  type CardAnswer,
  journeyTrade,
  type KernelCommand,
  type SmallPaymentOutcome,
  type SmallPaymentPortAnswer,
  type SmallPaymentTerminal,
  smallPaymentTransaction,
} from '../../../../../emv/index.js';
import type { VectorRunner } from '../../vector.js';
import { usableKeys } from '../ca-keys.js';
import { hexField } from '../fields.js';
import { compareOutcome } from './outcome-in-hex.js';
import { playTranscript } from './play-transcript.js';
import { sessionInputSchema } from './session-input.js';

const tradeSchema = z.strictObject({
  reference: z.strictObject({ shortFileIdentifier: z.int(), identifier: hexField }),
  layout: z.enum(['journey', 'parking']),
  event: z.enum(['entry', 'exit']),
  time: z.string().regex(/^\d{14}$/),
  fields: z.record(z.string(), z.union([z.number(), z.string()])),
  minimumBalance: z.int().exactOptional(),
  openJourney: z.enum(['refuse', 'begin-anew']).exactOptional(),
  withoutRecord: z.strictObject({ amount: z.int() }).exactOptional(),
});

const answerSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('challenge'), bytes: hexField }),
  z.strictObject({ kind: z.literal('capp-mac'), mac: hexField }),
  z.strictObject({ kind: z.literal('capp-response-mac'), mac: hexField }),
  z.strictObject({ kind: z.literal('authorization-code'), code: hexField }),
  z.strictObject({ kind: z.literal('fare'), amount: z.int().optional() }),
]);

const inputSchema = sessionInputSchema.extend({ trade: tradeSchema, answers: z.array(answerSchema) });

/** Answers what the kernel asks of the terminal from a list, in its order; commands go on to the transcript. */
function* answering(
  terminal: SmallPaymentTerminal,
  answers: readonly SmallPaymentPortAnswer[],
): Generator<KernelCommand, SmallPaymentOutcome, CardAnswer> {
  const kernel = smallPaymentTransaction(terminal);
  const left = [...answers];
  let step = kernel.next();
  while (!step.done) {
    const request = step.value;
    if (request.kind === 'command') step = kernel.next(yield { name: request.name, command: request.command });
    else {
      const answer = left.shift();
      if (answer?.kind !== request.kind)
        throw new TypeError(`${request.kind} is asked, the vector has ${answer?.kind}`);
      step = kernel.next(answer);
    }
  }
  return step.value;
}

/** A session of the small-payment extension (JR/T 0025.14-2013) with a trade of entry and exit. */
export const play: VectorRunner = (input, expected) => {
  const { transcript, caKeys, terminal, trade, answers, ...rest } = inputSchema.parse(input);
  const kernel = answering(
    { ...rest, data: terminal, caKeys: usableKeys(caKeys).store, trade: journeyTrade(trade) },
    answers,
  );
  return playTranscript(kernel, transcript, (outcome) => compareOutcome(expected, outcome));
};
