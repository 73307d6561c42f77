import { decodeBinary, decodeNumeric, toHex } from '../bytes.js';
import { maskDigits } from '../card-number.js';
import { lookUpTag } from '../tags/index.js';
import { describeBits, describeParts, type Language } from '../values/index.js';
import { maskOwnNumber, packedNumbers, splitTrack2 } from './card-number.js';
import { createCardNumbers } from './card-numbers.js';
import { readApplication, readCode, readLanguages, readServiceCode } from './codes.js';
import {
  readAuthenticationRelatedData,
  readCryptogramInformation,
  readIssuerData,
  readShortResponse,
} from './cryptogram.js';
import kinds from './data/value-kinds.json';
import { readDate, readMonth, readTime } from './dates.js';
import type { DescribeOptions, ValueDescription } from './explained-object.js';
import { readDataObjectList, readFileLocator, readTagList } from './lists.js';
import { readAmount, readCountry, readCountryLetters, readCurrencies } from './money.js';
import { readText } from './text.js';
import { readVerificationList, readVerificationResult } from './verification.js';

type Kind = keyof typeof kinds;
type Describer = (bytes: Uint8Array, language: Language, options: DescribeOptions) => string | undefined;

const kindOfTag: ReadonlyMap<string, Kind> = new Map(
  Object.entries(kinds).flatMap(([kind, tags]) => tags.map((tag) => [tag, kind as Kind] as const)),
);

const describers: Readonly<Record<Kind, Describer>> = {
  date: (bytes) => readDate(bytes, 2),
  longDate: (bytes) => readDate(bytes, 4),
  time: readTime,
  country: readCountry,
  countryLetters: readCountryLetters,
  currency: readCurrencies,
  counter: (bytes) => (bytes.length === 0 || bytes.length > 4 ? undefined : `${decodeBinary(bytes)}`),
  number: (bytes) => (bytes.length === 0 || bytes.length > 4 ? undefined : decodeNumeric(bytes)?.toString()),
  file: (bytes) => (bytes.length === 1 ? `SFI ${bytes[0]}` : undefined),
  logEntry: describeLogEntry,
  tagList: readTagList,
  application: readApplication,
  priority: describePriority,
  languages: readLanguages,
  serviceCode: (bytes, language) => readServiceCode(toHex(bytes).slice(-3), language),
  verificationList: (bytes, language, { data }) => readVerificationList(bytes, language, data),
  verificationResult: readVerificationResult,
  fileLocator: readFileLocator,
  shortResponse: readShortResponse,
  track2: describeTrack2,
  issuerApplicationData: (bytes, language, { data }) => readIssuerData(bytes, language, data),
  cryptogramInformation: readCryptogramInformation,
  authenticationRelatedData: readAuthenticationRelatedData,
};

/**
 * What a primitive value says: dates as ISO 8601, amounts with their currency where `options.data` holds its code,
 * codes and lists in words, text as text; and its bits. Nothing where the value is not what its tag allows. Card
 * numbers are masked unless `showPan`. Throws nothing.
 *
 * @example describeValue('9F1A', fromHex('0156')).meaning  // 'China'
 */
export function describeValue(tag: string, bytes: Uint8Array, options: DescribeOptions = {}): ValueDescription {
  const language = options.language ?? 'en';
  const meaning = isHidden(tag, bytes, options) ? undefined : describe(tag, bytes, language, options);
  const bits = describeBits(tag, bytes, language, options.context);
  return {
    ...(meaning === undefined || meaning === '' ? {} : { meaning }),
    ...(bits.length === 0 ? {} : { bits }),
  };
}

/** Whether the meaning would say a card number; that of track 2 masks it by itself. */
function isHidden(tag: string, bytes: Uint8Array, { showPan }: DescribeOptions): boolean {
  if (showPan || kindOfTag.get(tag) === 'track2') return false;
  if (maskOwnNumber(tag, bytes) !== undefined) return true;
  return createCardNumbers(packedNumbers(bytes)).redact(toHex(bytes), { knownOnly: true }).includes('*');
}

function describe(tag: string, bytes: Uint8Array, language: Language, options: DescribeOptions): string | undefined {
  const definition = lookUpTag(tag, options.context);
  const first = lookUpTag(tag);
  const isLikeFirst = definition?.format === first?.format && definition?.length === first?.length;
  // The describers know the first meaning of a tag, and those that look like it.
  const found = isLikeFirst ? describeByTag(tag, bytes, language, options) : undefined;
  if (found !== undefined) return found;
  const format = definition?.format;
  if (format === 'dol') return readDataObjectList(bytes, language);
  const parts = describeParts(tag, bytes, language, options.context);
  if (parts.length > 0) return parts.map(({ name, value }) => `${name} ${value}`).join(language === 'zh' ? '，' : ', ');
  return format === 'a' || format === 'an' || format === 'ans' ? readText(bytes) : undefined;
}

function describeByTag(
  tag: string,
  bytes: Uint8Array,
  language: Language,
  options: DescribeOptions,
): string | undefined {
  const kind = kindOfTag.get(tag);
  const special = kind && describers[kind](bytes, language, options);
  return special ?? readAmount(tag, bytes, options.data) ?? readCode(tag, bytes, language);
}

function describeLogEntry(bytes: Uint8Array, language: Language): string | undefined {
  if (bytes.length !== 2) return undefined;
  return language === 'zh' ? `SFI ${bytes[0]}，${bytes[1]} 条记录` : `SFI ${bytes[0]}, ${bytes[1]} records`;
}

function describePriority(bytes: Uint8Array, language: Language): string | undefined {
  if (bytes.length !== 1) return undefined;
  const priority = bytes[0]! & 0x0f;
  const confirm = (bytes[0]! & 0x80) !== 0;
  if (language === 'zh') return `优先级 ${priority}${confirm ? '，需持卡人确认' : ''}`;
  return `priority ${priority}${confirm ? ', cardholder confirmation needed' : ''}`;
}

function describeTrack2(bytes: Uint8Array, language: Language, { showPan }: DescribeOptions): string | undefined {
  const track = splitTrack2(bytes);
  if (track === undefined) return undefined;
  const pan = showPan ? track.pan : maskDigits(track.pan);
  const expiry = readMonth(track.expiry) ?? track.expiry;
  return language === 'zh'
    ? `卡号 ${pan}，有效期 ${expiry}，服务码 ${track.serviceCode}`
    : `card number ${pan}, expires ${expiry}, service code ${track.serviceCode}`;
}
