import { hash } from 'node:crypto';
import { authenticatorOf } from '../../../emv/authentication/index.js';
import { decodeBinary, decodeCompressedNumeric, decodeNumeric, equalBytes, toHex } from '../../../emv/bytes.js';
import { panOfTrack2 } from '../../../emv/card-number.js';
import type { CertificationAuthorityKeyStore } from '../../../emv/keys/index.js';
import { onceFor } from '../../../emv/once-for.js';
import type { DataMap } from '../../../emv/tlv/index.js';
import { readIssuerApplicationData, ValueError } from '../../../emv/values/index.js';
import { shanghaiDay } from '../../calendar/shanghai.js';
import { type EvidenceBytes, evidenceBytes, isCardNumber, type TapRecord } from '../../tap/index.js';
import { isExpired, isNotYetEffective, sixDigitDate } from './application-dates.js';
import { checkCryptogram } from './check-cryptogram.js';
import type { EvidenceRefusal } from './evidence-refusal.js';
import type { IssuerKeys } from './issuer-keys.js';
import { type ReadEvidence, type RefusedEvidence, readEvidence, refuse } from './read-evidence.js';

export interface VerifiedEvidence {
  readonly ok: true;
  /** In memory only: to be kept as token and mask. */
  readonly pan: string;
  /** The card's certified public key: the same object as long as its certificate, which names the card, is kept open. */
  readonly publicKey: Uint8Array;
  /**
   * Hash of the card's certified public key, in hex: tells the chip of a replaced card, which keeps its number and
   * counts its transactions anew, from the old one. No clone can bear another one.
   */
  readonly chip: string;
  /** As the card signed it. */
  readonly applicationTransactionCounter: number;
  /** Whether the cryptogram was computed anew with a key of the card's issuer, and was right. */
  readonly isCryptogramVerified: boolean;
}

export interface VerifyEvidenceOptions {
  readonly caKeys: CertificationAuthorityKeyStore;
  /** Revoked issuer certificates: RID ‖ CA key index ‖ serial number, 9 bytes in upper-case hex each. */
  readonly revoked?: ReadonlySet<string> | undefined;
  /** Issuers' master keys, where there are any. */
  readonly issuerKeys?: IssuerKeys | undefined;
}

const CHINA_OFFSET = '+08:00';
const DATE_LENGTH = 10;
const RID_DIGITS = 10;
const CHIP_DIGITS = 32;
const YUAN = Uint8Array.of(0x01, 0x56);

/** Byte 4 bit 8 of 9F66: the terminal asked for a signature over amount and currency. */
const ASKS_FOR_VERSION_01 = 0x80;

/**
 * Verifies from the record alone that this card made this tap: certificates, the signature (fDDA version 01) over
 * unpredictable number, amount, currency and transaction counter, and that the rest of the record agrees with what was
 * signed (JR/T 0025.12-2013 7.6, 7.7, annexes A, B, D). The cryptogram itself is checked where there is a key of the card's
 * issuer; else it is taken from the terminal. Never throws for what a tap record can say.
 */
export function verifyEvidence(
  record: TapRecord,
  { caKeys, revoked, issuerKeys }: VerifyEvidenceOptions,
  bytes: EvidenceBytes = evidenceBytes(record.evidence),
): VerifiedEvidence | RefusedEvidence {
  const evidence = readEvidence(record.evidence, bytes);
  if (!evidence.ok) return evidence;
  const date = dateInChina(record.at);
  const authentication = authenticatorOf(caKeys).verifyFdda({
    rid: record.evidence.applicationIdentifier.slice(0, RID_DIGITS).toUpperCase(),
    date,
    data: evidence.data,
    staticData: evidence.staticData,
    ...(revoked && { revoked }),
  });
  if (!authentication.ok) return refuse(authentication.reason);
  const pan = decodeCompressedNumeric(evidence.signed.get('5A') ?? new Uint8Array());
  if (pan === undefined || !isCardNumber(pan)) return refuse('pan-missing');
  const objection = objectionTo(record, evidence, pan, date, authentication.iccDynamicNumber);
  if (objection) return refuse(objection);
  const cryptogram = issuerKeys ? checkCryptogram(evidence.data, pan, issuerKeys) : 'not-checked';
  if (cryptogram !== 'verified' && cryptogram !== 'not-checked') return refuse(cryptogram);
  return {
    ok: true,
    pan,
    publicKey: authentication.iccPublicKey!,
    chip: chipOf(authentication.iccPublicKey!),
    applicationTransactionCounter: decodeBinary(evidence.data.get('9F36')!),
    isCryptogramVerified: cryptogram === 'verified',
  };
}

/** Of a card whose certificate is kept open, its key is the same object at each tap. */
const chipOf = onceFor((publicKey: Uint8Array) => hash('sha256', publicKey, 'hex').slice(0, CHIP_DIGITS));

function objectionTo(
  { amountFen }: TapRecord,
  { data, signed }: ReadEvidence,
  pan: string,
  date: string,
  signedCounter: Uint8Array | undefined,
): EvidenceRefusal | undefined {
  if (((data.get('9F66')?.[3] ?? 0) & ASKS_FOR_VERSION_01) === 0 || !data.has('9F69')) return 'amount-not-signed';
  if (decodeNumeric(data.get('9F02')!) !== amountFen) return 'amount-mismatch';
  if (!equalBytes(data.get('5F2A')!, YUAN)) return 'currency-not-yuan';
  if (toHex(data.get('9A') ?? new Uint8Array()) !== sixDigitDate(date)) return 'date-mismatch';
  if (!signed.has('5F24')) return 'expiration-date-missing';
  if (isExpired(signed.get('5F24')!, date)) return 'card-expired';
  if (isNotYetEffective(signed.get('5F25'), date)) return 'card-not-yet-effective';
  const track2 = data.get('57');
  if (track2 && panOfTrack2(track2) !== pan) return 'track-2-mismatch';
  const counter = data.get('9F36');
  if (!counter || !signedCounter || !equalBytes(counter, signedCounter)) return 'transaction-counter-mismatch';
  return objectionToCryptogram(data);
}

/** Cryptogram information data (9F27) are there where the card sent its answer in template 77. */
const TC = 0x40;

function objectionToCryptogram(data: DataMap): EvidenceRefusal | undefined {
  const information = data.get('9F27');
  if (information && ((information[0] ?? 0) & 0xc0) !== TC) return 'not-approved-offline';
  try {
    const { cardVerificationResults } = readIssuerApplicationData(data.get('9F10') ?? new Uint8Array());
    return cardVerificationResults.cryptogramType === 'TC' ? undefined : 'not-approved-offline';
  } catch (error) {
    if (error instanceof ValueError) return 'issuer-application-data-unreadable';
    throw error;
  }
}

/** YYYY-MM-DD of an instant, whatever its offset: terminals in China write their local date into 9A. */
function dateInChina(instant: string): string {
  return instant.endsWith(CHINA_OFFSET) ? instant.slice(0, DATE_LENGTH) : shanghaiDay(Date.parse(instant));
}
