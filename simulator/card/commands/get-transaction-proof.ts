import type { Command, Response } from '../../../emv/apdu/index.js';
import { equalBytes, fromHex } from '../../../emv/bytes.js';
import { answer, refuse } from '../answer.js';
import type { CardSession } from '../card-session.js';
import { encodeCounter } from '../cryptography/encode-counter.js';

const COUNTER_LENGTH = 2;

/**
 * GET TRANS PROVE: the cryptogram of the latest transaction of the extension that was completed, by its counter; zeros
 * after a pre-authorization (JR/T 0025.14-2013 A.4).
 */
export function getTransactionProof(session: CardSession, { p1, p2, data }: Command): Response {
  if (p1 !== 0 || p2 !== 0) return refuse('incorrect-parameters');
  if (data?.length !== COUNTER_LENGTH) return refuse('wrong-length');
  const { stage } = session;
  if (!('application' in stage)) return refuse('conditions-not-satisfied');
  const { proof } = session.applicationState(stage.application);
  if (proof === undefined || !equalBytes(encodeCounter(proof.counter), data)) return refuse('transaction-not-found');
  return answer(fromHex(proof.cryptogram));
}
