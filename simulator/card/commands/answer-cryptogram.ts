import type { Response } from '../../../emv/apdu/index.js';
import { concat } from '../../../emv/bytes.js';
import { encode } from '../../../emv/tlv/index.js';
import { answer } from '../answer.js';
import { frozenAmount } from '../capp/frozen-amount.js';
import type { ApplicationState } from '../card-file.js';
import type { CardSession } from '../card-session.js';
import { applicationCryptogram } from '../cryptography/application-cryptogram.js';
import { signWithCryptogram } from '../cryptography/dynamic-signature.js';
import { encodeCounter } from '../cryptography/encode-counter.js';
import { issuerApplicationData } from '../cryptography/issuer-application-data.js';
import type { SigningKey } from '../cryptography/signing-key.js';
import { TransactionKeys } from '../cryptography/transaction-keys.js';
import { encodeCardVerificationResults } from '../transaction/card-verification-results.js';
import { type ContactTransaction, withResults } from '../transaction/contact-transaction.js';
import { riskParameters } from '../transaction/counters.js';
import type { CryptogramType } from '../transaction/cryptogram-type.js';
import { discretionaryAmounts } from '../transaction/discretionary-amounts.js';
import { namedBitsOf } from '../transaction/named-bits.js';
import { stateWithPurse, withPurse } from '../transaction/purse.js';
import { answerInFormat } from './answer-in-format.js';
import type { CryptogramRequest, InitiatedStage } from './cryptogram-request.js';

const typeBits: Readonly<Record<CryptogramType, number>> = { AAC: 0x00, TC: 0x40, ARQC: 0x80 };

export interface CryptogramDecision {
  readonly type: CryptogramType;
  readonly request: CryptogramRequest;
  readonly after: ApplicationState;
  /** Bits of 9F27 beside the type. */
  readonly advice: number;
}

interface Cryptogram {
  readonly cryptogram: Uint8Array;
  readonly cryptogramInformationData: number;
  readonly issuerApplicationData: Uint8Array;
}

/** Keeps what the decision moves, then answers the cryptogram, signed where that was asked for (JR/T 0025.5-2013 14.5). */
export function answerCryptogram(session: CardSession, stage: InitiatedStage, decision: CryptogramDecision): Response {
  const { application: index } = stage;
  const { request, type, after } = decision;
  const signingKey = signingKeyFor(session, stage, decision);
  const transaction = signingKey === undefined ? stage.transaction : withSignature(stage.transaction);
  const made = makeCryptogram(session, { ...stage, transaction }, decision);
  session.keep(index, after);
  const given = { type, cryptogram: made.cryptogram };
  const isFirst = transaction.first === undefined;
  session.stage = { ...stage, transaction: { ...transaction, ...(isFirst ? { first: given } : { second: given }) } };
  if (signingKey !== undefined) return answerSigned(signingKey, transaction, request, made);
  return answerInFormat(session.application(index), [
    { tag: '9F27', value: Uint8Array.of(made.cryptogramInformationData) },
    { tag: '9F36', value: encodeCounter(transaction.applicationTransactionCounter) },
    { tag: '9F26', value: made.cryptogram },
    { tag: '9F10', value: made.issuerApplicationData },
  ]);
}

/** `undefined` where the cryptogram goes out unsigned (JR/T 0025.5-2013 14.5.4, 16.8). */
function signingKeyFor(
  session: CardSession,
  { application, transaction }: InitiatedStage,
  { request, type }: CryptogramDecision,
): SigningKey | undefined {
  const profile = namedBitsOf('82', transaction.applicationInterchangeProfile);
  const isSigned = request.isSigned && type !== 'AAC' && profile.has('combinedDataAuthentication');
  return isSigned ? session.signingKey(application) : undefined;
}

/** The results tell of the signature before the cryptogram is made over them (JR/T 0025.5-2013 14.5.4, 16.8). */
const withSignature = (transaction: ContactTransaction): ContactTransaction => ({
  ...transaction,
  results: withResults(transaction.results, { dynamicDataAuthenticationPerformed: true }),
});

function makeCryptogram(
  session: CardSession,
  { application: index, transaction }: InitiatedStage,
  decision: CryptogramDecision,
): Cryptogram {
  const application = session.application(index);
  const { applicationTransactionCounter, applicationInterchangeProfile, first, scriptCommands, results } = transaction;
  const { type, request, after } = decision;
  const cardVerificationResults = encodeCardVerificationResults({
    first: first?.type ?? type,
    second: first === undefined || type === 'ARQC' ? undefined : type,
    results,
    scriptCommands,
  });
  const keys = new TransactionKeys(application, applicationTransactionCounter);
  const { purse } = transaction;
  const parameters = riskParameters(withPurse(application, purse));
  const told = { ...stateWithPurse(after, purse), frozen: purse === 'first' ? frozenAmount(after) : 0 };
  const discretionary = discretionaryAmounts(application.discretionaryKind, told, parameters);
  return {
    cryptogram: applicationCryptogram(keys, {
      cryptogramVersion: application.cryptogramVersion,
      applicationTransactionCounter,
      applicationInterchangeProfile,
      cardVerificationResults,
      terminalData: request.terminalData,
    }),
    cryptogramInformationData: typeBits[type] | decision.advice,
    issuerApplicationData: issuerApplicationData({
      application,
      keys,
      applicationTransactionCounter,
      cardVerificationResults,
      discretionary,
    }),
  };
}

/** Format 2 without 9F26, which the signature carries (EMV 4.3 Book 2 §6.6.1). */
function answerSigned(
  signingKey: SigningKey,
  transaction: ContactTransaction,
  request: CryptogramRequest,
  made: Cryptogram,
): Response {
  const before = [
    { tag: '9F27', value: Uint8Array.of(made.cryptogramInformationData) },
    { tag: '9F36', value: encodeCounter(transaction.applicationTransactionCounter) },
  ];
  const behind = [{ tag: '9F10', value: made.issuerApplicationData }];
  const isFirst = transaction.first === undefined;
  const lists = isFirst ? [request.values] : [transaction.firstData ?? new Uint8Array(0), request.values];
  const signature = signWithCryptogram(signingKey, {
    applicationTransactionCounter: transaction.applicationTransactionCounter,
    cryptogramInformationData: made.cryptogramInformationData,
    cryptogram: made.cryptogram,
    transactionData: concat(transaction.optionsData, ...lists, encode([...before, ...behind])),
    unpredictableNumber: request.terminalData.get('9F37') ?? new Uint8Array(0),
  });
  return answer(encode([{ tag: '77', children: [...before, { tag: '9F4B', value: signature }, ...behind] }]));
}
