import type { Command, Response } from '../../../emv/apdu/index.js';
import { answer, refuse } from '../answer.js';
import type { CardSession } from '../card-session.js';

const LENGTH = 8;

/** GET CHALLENGE: an unpredictable number of 8 bytes (EMV 4.3 Book 3 §6.5.6). */
export function getChallenge(session: CardSession, { p1, p2, data }: Command): Response {
  if (p1 !== 0 || p2 !== 0) return refuse('incorrect-parameters');
  if (data !== undefined) return refuse('wrong-length');
  if (!('application' in session.stage)) return refuse('conditions-not-satisfied');
  return answer(session.random(LENGTH));
}
