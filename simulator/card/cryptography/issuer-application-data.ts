import { concat, encodeNumeric, fromHex } from '../../../emv/bytes.js';
import { issuerDiscretionaryDataMac, type SymmetricAlgorithm } from '../../../emv/cryptogram/index.js';
import kinds from '../../../emv/values/issuer-discretionary-data.json' with { type: 'json' };
import type { CardApplication } from '../card-file.js';
import { encodeCounter } from './encode-counter.js';
import type { TransactionKeys } from './transaction-keys.js';

const CRYPTOGRAM_VERSION_BYTE: Readonly<Record<CardApplication['cryptogramVersion'], number>> = { 1: 0x01, 17: 0x17 };
/** JR/T 0025.17-2013 annex A. */
const ALGORITHM_BYTE = { '3des': 0x01, sm4: 0x04 } as const;
const FIXED_LENGTH = 7;
const AMOUNT_LENGTH = 5;

/** What the issuer wants to be told of the card's money, and under which number (JR/T 0025.12-2013 D.5). */
export interface DiscretionaryAmounts {
  readonly kind: number;
  /** One or two, fen. */
  readonly amounts: readonly number[];
}

export interface IssuerApplicationDataInput {
  readonly application: CardApplication;
  readonly keys: TransactionKeys;
  readonly applicationTransactionCounter: number;
  /** 4 bytes with their length. */
  readonly cardVerificationResults: Uint8Array;
  readonly discretionary: DiscretionaryAmounts | undefined;
}

/**
 * Issuer application data 9F10, with the amounts as issuer discretionary data under a MAC of the transaction's session
 * key (JR/T 0025.12-2013 annexes D and E).
 */
export function issuerApplicationData(input: IssuerApplicationDataInput): Uint8Array {
  const { application, keys, cardVerificationResults } = input;
  return withFixedPart(application, cardVerificationResults, keys.algorithm, discretionaryPart(input));
}

const withFixedPart = (
  { keyDerivationIndex, cryptogramVersion }: Pick<CardApplication, 'keyDerivationIndex' | 'cryptogramVersion'>,
  cardVerificationResults: Uint8Array,
  algorithm: SymmetricAlgorithm,
  discretionary: readonly Uint8Array[],
): Uint8Array =>
  concat(
    Uint8Array.of(FIXED_LENGTH, keyDerivationIndex, CRYPTOGRAM_VERSION_BYTE[cryptogramVersion]),
    cardVerificationResults,
    Uint8Array.of(ALGORITHM_BYTE[algorithm]),
    ...discretionary,
  );

const NO_RESULTS = Uint8Array.of(3, 0, 0, 0);
/** The kind before the amounts, the MAC behind them. */
const BESIDE_AMOUNTS = 5;

/**
 * 9F10 as an application is personalized with it: no results yet, and of amounts their length and kind alone
 * (JR/T 0025.12-2013 annex D.5).
 */
export function personalizedIssuerApplicationData(application: CardApplication): Uint8Array {
  const { cryptogramAlgorithm, data, discretionaryData: fixed, discretionaryKind } = application;
  if (data['9F10'] !== undefined) return fromHex(data['9F10']);
  const row = kinds.find(({ kind }) => kind === discretionaryKind);
  const amounts = row && [Uint8Array.of(row.amounts.length * AMOUNT_LENGTH + BESIDE_AMOUNTS, row.kind)];
  const part = fixed === undefined ? amounts : [Uint8Array.of(fixed.length / 2), fromHex(fixed)];
  return withFixedPart(application, NO_RESULTS, cryptogramAlgorithm, part ?? []);
}

/** 5 bytes of format n: with the last digits of a larger amount the issuer would take a full purse for an empty one. */
const TOLD_MAX = 9_999_999_999;

/** Fixed data without a MAC, amounts with one, or nothing. */
function discretionaryPart(input: IssuerApplicationDataInput): Uint8Array[] {
  const { discretionaryData: fixed } = input.application;
  if (fixed !== undefined) return [Uint8Array.of(fixed.length / 2), fromHex(fixed)];
  return input.discretionary === undefined ? [] : [discretionaryData(input, input.discretionary)];
}

function discretionaryData(
  { keys, applicationTransactionCounter }: IssuerApplicationDataInput,
  { kind, amounts }: DiscretionaryAmounts,
): Uint8Array {
  const values = amounts.map((amount) => encodeNumeric(Math.min(amount, TOLD_MAX), AMOUNT_LENGTH));
  const mac = issuerDiscretionaryDataMac({
    algorithm: keys.algorithm,
    key: keys.get('messageAuthentication')!,
    atc: encodeCounter(applicationTransactionCounter),
    values,
  });
  const content = concat(Uint8Array.of(kind), ...values, mac);
  return concat(Uint8Array.of(content.length), content);
}
