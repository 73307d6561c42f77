import { decodeBinary, toHex } from '../bytes.js';
import type { DataMap } from '../tlv/index.js';
import {
  describeBits,
  type IssuerDiscretionaryAmount,
  type Language,
  readIssuerApplicationData,
  ValueError,
} from '../values/index.js';
import issuerWords from './data/issuer-application-data.json';
import { readFileLocator } from './lists.js';
import { formatAmount } from './money.js';

const amountWords: Readonly<Record<IssuerDiscretionaryAmount, { name: string; nameZh: string; tag: string }>> =
  issuerWords.amounts;
const algorithmWords: Readonly<Record<string, { name: string; nameZh: string }>> = issuerWords.algorithms;

/** The parts of PBOC issuer application data (9F10); `undefined` for another scheme's. */
export function readIssuerData(bytes: Uint8Array, language: Language, data: DataMap | undefined): string | undefined {
  const zh = language === 'zh';
  try {
    const read = readIssuerApplicationData(bytes);
    const { cryptogramType, secondCryptogramType } = read.cardVerificationResults;
    const algorithm = algorithmWords[read.algorithm]!;
    const amounts = Object.entries(read.discretionaryData?.amounts ?? {}).map(([key, amount]) => {
      const { name, nameZh, tag } = amountWords[key as IssuerDiscretionaryAmount];
      return `${zh ? nameZh : name} ${formatAmount(amount, tag, data)}`;
    });
    return [
      secondCryptogramType ?? cryptogramType,
      `${zh ? '密文版本' : 'cryptogram version'} ${read.cryptogramVersion}`,
      `${zh ? '密钥索引' : 'key index'} ${read.keyDerivationIndex}`,
      zh ? algorithm.nameZh : algorithm.name,
      ...amounts,
    ].join(zh ? '，' : ', ');
  } catch (error) {
    if (error instanceof ValueError) return undefined;
    throw error;
  }
}

/** The type of the cryptogram and the reason for advice, where one is given (9F27). */
export const readCryptogramInformation = (bytes: Uint8Array, language: Language): string | undefined =>
  describeBits('9F27', bytes, language).find(({ bit, set }) => bit === 8 && set)?.name;

/** Version, the card's random number and CTQ of 9F69 (JR/T 0025.12-2013 Annex B). */
export function readAuthenticationRelatedData(bytes: Uint8Array, language: Language): string | undefined {
  if (bytes.length < 8) return undefined;
  const [version, random, qualifiers] = [
    toHex(bytes.subarray(0, 1)),
    toHex(bytes.subarray(1, 5)),
    toHex(bytes.subarray(5, 7)),
  ];
  return language === 'zh'
    ? `fDDA版本 ${version}，卡片不可预知数 ${random}，CTQ ${qualifiers}`
    : `fDDA version ${version}, card unpredictable number ${random}, CTQ ${qualifiers}`;
}

const CRYPTOGRAM_LENGTH_MIN = 11;
const PROFILE_LENGTH = 2;

/**
 * Format 1 answers (tag 80) have no tags inside: profile and file locator answer GET PROCESSING OPTIONS, cryptogram
 * information, counter, cryptogram and issuer application data answer GENERATE AC (EMV 4.3 Book 3 §6.5.5, §6.5.8).
 */
export function readShortResponse(bytes: Uint8Array, language: Language): string | undefined {
  const locator = bytes.length > PROFILE_LENGTH ? readFileLocator(bytes.subarray(PROFILE_LENGTH), language) : undefined;
  if (locator?.startsWith('SFI')) return `AIP ${toHex(bytes.subarray(0, PROFILE_LENGTH))}, AFL ${locator}`;
  if (bytes.length < CRYPTOGRAM_LENGTH_MIN) return undefined;
  const counter = decodeBinary(bytes.subarray(1, 3));
  const cryptogram = toHex(bytes.subarray(3, CRYPTOGRAM_LENGTH_MIN));
  return `${readCryptogramInformation(bytes.subarray(0, 1), language)}, ATC ${counter}, ${language === 'zh' ? '密文' : 'cryptogram'} ${cryptogram}`;
}
