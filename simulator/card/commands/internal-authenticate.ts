import type { Command, Response } from '../../../emv/apdu/index.js';
import { fromHex } from '../../../emv/bytes.js';
import { refuse } from '../answer.js';
import type { CardSession } from '../card-session.js';
import { signForInternalAuthenticate } from '../cryptography/dynamic-signature.js';
import { withResults } from '../transaction/contact-transaction.js';
import { namedBitsOf } from '../transaction/named-bits.js';
import { splitByDataObjectList } from '../transaction/terminal-request.js';
import { answerInFormat } from './answer-in-format.js';

/** The default DDOL: an unpredictable number of 4 bytes (JR/T 0025.5-2013 11). */
const DEFAULT_LIST = '9F3704';

/** INTERNAL AUTHENTICATE: signs what the DDOL asks for, before the first cryptogram (EMV 4.3 Book 3 §6.5.9). */
export function internalAuthenticate(session: CardSession, { p1, p2, data }: Command): Response {
  if (p1 !== 0 || p2 !== 0) return refuse('incorrect-parameters');
  const { stage } = session;
  if (!session.signs) return refuse('instruction-not-supported');
  if (stage.name !== 'initiated' || stage.transaction.first !== undefined) return refuse('conditions-not-satisfied');
  const { transaction } = stage;
  if (!namedBitsOf('82', transaction.applicationInterchangeProfile).has('dynamicDataAuthentication')) {
    return refuse('conditions-not-satisfied');
  }
  const signingKey = session.signingKey(stage.application);
  if (signingKey === undefined) return refuse('conditions-not-satisfied');
  const application = session.application(stage.application);
  const values = data ?? new Uint8Array(0);
  if (splitByDataObjectList(fromHex(application.data['9F49'] ?? DEFAULT_LIST), values) === undefined) {
    return refuse('wrong-length');
  }
  const results = withResults(transaction.results, { dynamicDataAuthenticationPerformed: true });
  session.stage = { ...stage, transaction: { ...transaction, results } };
  const signature = signForInternalAuthenticate(signingKey, transaction.applicationTransactionCounter, values);
  return answerInFormat(application, [{ tag: '9F4B', value: signature }]);
}
