import { z } from 'zod';
import { type KernelCommand, qpbocTransaction, type TransactionOutcome, toHex } from '../../../../emv/index.js';
import { compare } from '../compare.js';
import type { Difference, VectorRunner } from '../vector.js';
import { caKeySchema, usableKeys } from './ca-keys.js';
import { hexField } from './oda-input.js';

const dataMap = z
  .record(z.string(), hexField)
  .transform((data) => new Map(Object.entries(data).map(([tag, value]) => [tag.toUpperCase(), value])));

const sessionSchema = z.object({
  kernel: z.literal('qpboc'),
  terminal: dataMap,
  unpredictableNumber: hexField,
  date: z.string(),
  caKeys: z.array(caKeySchema),
  transcript: z.array(z.object({ command: z.string(), response: hexField })),
});

/**
 * Plays a transcript's card to the kernel, whose commands must be the transcript's, byte for byte and in order. An empty
 * response is a card that has left.
 */
export const runner: VectorRunner = (input, expected) => {
  const { transcript, caKeys, terminal, ...rest } = sessionSchema.parse(input);
  const kernel = qpbocTransaction({
    ...rest,
    data: terminal,
    caKeys: usableKeys(caKeys).store,
  });
  const differences: Difference[] = [];
  let step = kernel.next();
  for (const [index, { command, response }] of transcript.entries()) {
    const sent = step.done ? undefined : commandOf(step.value);
    if (sent !== command.toUpperCase()) {
      return [{ path: `transcript[${index}].command`, expected: command.toUpperCase(), actual: sent }];
    }
    step = kernel.next(response.length === 0 ? { kind: 'no-response' } : { kind: 'response', response });
  }
  if (!step.done) {
    const path = `transcript[${transcript.length}].command`;
    differences.push({ path, expected: undefined, actual: commandOf(step.value) });
    step = kernel.next({ kind: 'no-response' });
  }
  return step.done ? [...differences, ...compare(expected, inHex(step.value))] : differences;
};

const commandOf = ({ command }: KernelCommand): string => toHex(command);

const inHex = (outcome: TransactionOutcome) => ({
  outcome: outcome.outcome,
  reason: outcome.reason,
  tryAnotherInterface: outcome.tryAnotherInterface,
  cardholderVerification: outcome.cardholderVerification,
  ...(outcome.offlineDataAuthentication && {
    oda: { ok: outcome.offlineDataAuthentication.ok, ...reasonOf(outcome.offlineDataAuthentication) },
  }),
  data: Object.fromEntries([...outcome.data].map(([tag, value]) => [tag, toHex(value)])),
  tvr: toHex(outcome.terminalVerificationResults),
  tsi: toHex(outcome.transactionStatusInformation),
});

const reasonOf = (result: NonNullable<TransactionOutcome['offlineDataAuthentication']>) =>
  result.ok ? {} : { reason: result.reason };
