import type { Command, Response } from '../../../emv/apdu/index.js';
import { equalBytes, toAscii } from '../../../emv/bytes.js';
import { arpc } from '../../../emv/cryptogram/index.js';
import { done, refuse } from '../answer.js';
import type { CardSession } from '../card-session.js';
import { TransactionKeys } from '../cryptography/transaction-keys.js';
import { withResults } from '../transaction/contact-transaction.js';

const CRYPTOGRAM_LENGTH = 8;
const DATA_LENGTH = 10;

/**
 * EXTERNAL AUTHENTICATE: the issuer's answer to the first cryptogram, once in a transaction; a second one is a failed
 * one, whatever it says (JR/T 0025.5-2013 15.4.3).
 * After an AAC as well, for a blocked application is unblocked that way (JR/T 0025.5-2013 17.5).
 */
export function externalAuthenticate(session: CardSession, { p1, p2, data }: Command): Response {
  if (p1 !== 0 || p2 !== 0) return refuse('incorrect-parameters');
  if (data?.length !== DATA_LENGTH) return refuse('wrong-length');
  const { stage } = session;
  if (stage.name !== 'initiated') return refuse('conditions-not-satisfied');
  const { application: index, transaction } = stage;
  const { first, second } = transaction;
  if (first === undefined || first.type === 'TC' || second !== undefined) return refuse('conditions-not-satisfied');
  const state = session.applicationState(index);
  if (transaction.issuerAuthentication !== 'not-performed') {
    const results = withResults(transaction.results, { issuerAuthenticationFailed: true });
    session.keep(index, { ...state, issuerAuthenticationFailed: true });
    session.stage = { ...stage, transaction: { ...transaction, results, issuerAuthentication: 'failed' } };
    return refuse('conditions-not-satisfied');
  }
  const keys = new TransactionKeys(session.application(index), transaction.applicationTransactionCounter);
  const responseCode = data.subarray(CRYPTOGRAM_LENGTH);
  const key = keys.get('applicationCryptogram')!;
  const expected = arpc({ method: '1', algorithm: keys.algorithm, key, arqc: first.cryptogram, arc: responseCode });
  const succeeded = equalBytes(expected, data.subarray(0, CRYPTOGRAM_LENGTH));
  session.keep(index, { ...state, issuerAuthenticationFailed: !succeeded });
  const results = withResults(transaction.results, { issuerAuthenticationFailed: !succeeded });
  const issuerAuthentication = succeeded ? ('succeeded' as const) : ('failed' as const);
  const authorizationResponseCode = toAscii(responseCode);
  session.stage = {
    ...stage,
    transaction: { ...transaction, results, issuerAuthentication, authorizationResponseCode },
  };
  return succeeded ? done : refuse('authentication-failed');
}
