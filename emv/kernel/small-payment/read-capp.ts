import { readCappData, readRecord } from '../../apdu/index.js';
import { decodeBinary, equalBytes } from '../../bytes.js';
import type { SymmetricAlgorithm } from '../../cryptogram/index.js';
import { type CappRecord, readCappRecord, ValueError } from '../../values/index.js';
import { exchange } from '../exchange.js';
import { STATUS_OK } from '../status-word.js';
import { proceed, type Step, terminate } from '../transaction-outcome.js';
import type { RecordReference } from './port-request.js';
import { askPort, type SmallPaymentExchange, withCard } from './small-payment-exchange.js';

const NOTHING = new Uint8Array(0);
const MAC_LENGTH = 4;
const CHALLENGE_LENGTH = 8;

export interface ProtectedAnswers {
  /** DF61 bit 8: the card protects its answers. */
  readonly isProtected: boolean;
  readonly algorithm: SymmetricAlgorithm;
}

/**
 * READ CAPP DATA (JR/T 0025.14-2013 5.2.1, A.1): the record, or `undefined` where the card answers with an error, which
 * is how it says that it has none. An R-MAC that is not right ends the transaction.
 */
export function* readCapp(
  reference: Required<RecordReference>,
  { isProtected, algorithm }: ProtectedAnswers,
): SmallPaymentExchange<Step<CappRecord | undefined>> {
  const { shortFileIdentifier, identifier } = reference;
  const challenge = isProtected
    ? (yield* askPort<'challenge'>({ kind: 'challenge', length: CHALLENGE_LENGTH })).bytes
    : undefined;
  const command = readCappData(shortFileIdentifier, identifier ?? NOTHING, { challenge });
  const answer = yield* withCard(exchange('read-capp-data', command));
  if (!answer.ok) return answer;
  const { statusWord, data } = answer.value;
  if (statusWord !== STATUS_OK) return proceed(undefined);
  if (challenge === undefined) return readRecordOf(data, identifier);
  const record = data.subarray(0, -MAC_LENGTH);
  const request = { kind: 'capp-response-mac', ...reference, algorithm, challenge, data: record } as const;
  const { mac } = yield* askPort<'capp-response-mac'>(request);
  return data.length > MAC_LENGTH && equalBytes(mac, data.subarray(-MAC_LENGTH))
    ? readRecordOf(record, identifier)
    : terminate('response-mac-wrong');
}

/** A record of another identifier is another city's or operator's: what is written back would go there. */
function readRecordOf(bytes: Uint8Array, identifier: Uint8Array | undefined): Step<CappRecord> {
  try {
    const record = readCappRecord(bytes);
    return record.identifier === decodeBinary(identifier ?? NOTHING) ? proceed(record) : terminate('answer-invalid');
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    return terminate('answer-invalid');
  }
}

/** The newest records of the cyclic file, as many as it has, `count` at most (JR/T 0025.14-2013 7, B.2). */
export function* readRides(shortFileIdentifier: number, count: number): SmallPaymentExchange<Step<Uint8Array[]>> {
  const rides: Uint8Array[] = [];
  for (let number = 1; number <= count; number++) {
    const answer = yield* withCard(exchange('read-record', readRecord(shortFileIdentifier, number)));
    if (!answer.ok) return answer;
    if (answer.value.statusWord !== STATUS_OK) break;
    rides.push(answer.value.data);
  }
  return proceed(rides);
}
