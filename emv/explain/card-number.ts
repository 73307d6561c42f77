import { toAscii, toHex } from '../bytes.js';
import { maskDigits } from '../card-number.js';
import { type DataObject, walk } from '../tlv/index.js';

const stars = (count: number): string => '*'.repeat(count);

/** Tags that carry a card number under any scheme; 56 is track 1 of contactless cards with magnetic stripe data. */
const PAN = '5A';
const TRACK_2 = new Set(['57', '5F22', '9F6B']);
const OTHER_TRACKS = new Set(['56', '58', '5F21', '5F23']);
/** 9F6B is a limit in PBOC (format n 12) and track 2 elsewhere. */
const CARD_CVM_LIMIT = { tag: '9F6B', length: 6 };
/** An SM2 card certificate begins with 14 and carries the card number in clear (JR/T 0025.17-2013). */
const CARD_CERTIFICATE = { tag: '9F46', format: 0x14, numberStart: 1, numberLength: 10 };

const isTrack2 = (tag: string, value: Uint8Array): boolean =>
  TRACK_2.has(tag) && !(tag === CARD_CVM_LIMIT.tag && value.length === CARD_CVM_LIMIT.length);

/** The parts of track 2 (ISO/IEC 7813 as packed by EMV 4.3 Book 3 Annex A), `undefined` where it is none. */
export function splitTrack2(value: Uint8Array): { pan: string; expiry: string; serviceCode: string } | undefined {
  const found = /^(\d{1,19})D(\d{4})(\d{3})\d*F?$/.exec(toHex(value));
  return found === null ? undefined : { pan: found[1]!, expiry: found[2]!, serviceCode: found[3]! };
}

/** The value in hex with the card number masked, of a tag that carries one; `undefined` for other tags. */
export function maskOwnNumber(tag: string, value: Uint8Array): string | undefined {
  const hex = toHex(value);
  if (tag === PAN) return /^\d+F*$/.test(hex) ? hex.replace(/^\d+/, maskDigits) : stars(hex.length);
  if (isTrack2(tag, value)) {
    const track = splitTrack2(value);
    if (track === undefined) return stars(hex.length);
    const shown = `${maskDigits(track.pan)}D${track.expiry}${track.serviceCode}`;
    return shown + stars(hex.length - shown.length);
  }
  if (OTHER_TRACKS.has(tag)) return stars(hex.length);
  if (tag === CARD_CERTIFICATE.tag && value[0] === CARD_CERTIFICATE.format) {
    const [start, end] = certificateNumberPlace;
    return `${hex.slice(0, start)}${stars(hex.slice(start, end).length)}${hex.slice(end)}`;
  }
  return undefined;
}

const certificateNumberPlace = [
  CARD_CERTIFICATE.numberStart * 2,
  (CARD_CERTIFICATE.numberStart + CARD_CERTIFICATE.numberLength) * 2,
] as const;

/** Every card number in a tree: in the tags that carry one, and in templates that stand packed in other values. */
export function cardNumbersOf(objects: readonly DataObject[]): ReadonlySet<string> {
  const numbers = new Set<string>();
  for (const { tag, value, children } of walk(objects)) {
    if (children !== undefined) continue;
    for (const number of [...ownNumbers(tag, value), ...packedNumbers(value)]) numbers.add(number);
  }
  return numbers;
}

const NUMBER_LENGTH_MIN = 8;
const leadingDigits = (hex: string): string[] => (/^\d+/.exec(hex) ?? []).filter(isNumber);
const isNumber = (digits: string): boolean => digits.length >= NUMBER_LENGTH_MIN;

function ownNumbers(tag: string, value: Uint8Array): string[] {
  const hex = toHex(value);
  if (tag === PAN || isTrack2(tag, value)) return [...leadingDigits(hex), ...asciiNumbers(value)];
  // Track 3 begins with a format code of two digits.
  if (OTHER_TRACKS.has(tag)) return [...leadingDigits(hex), ...leadingDigits(hex.slice(2)), ...asciiNumbers(value)];
  const isCertificate = tag === CARD_CERTIFICATE.tag && value[0] === CARD_CERTIFICATE.format;
  return isCertificate ? leadingDigits(hex.slice(...certificateNumberPlace)) : [];
}

const asciiNumbers = (value: Uint8Array): string[] => {
  const runs = [...(toAscii(value).match(/\d+/g) ?? [])];
  return [...runs, ...runs.map((run) => run.slice(2))].filter(isNumber);
};

/** Card numbers that stand behind a tag and a length inside other bytes, whole or cut off. */
export function packedNumbers(bytes: Uint8Array): string[] {
  const hex = toHex(bytes);
  const found: string[] = [];
  for (const pattern of [/5A0[4-9A](?=(\d{8,20}))/g, /57(?:0[5-9A-F]|1[0-9A-F])(?=(\d{8,19})(?:D|$))/g]) {
    for (const match of hex.matchAll(pattern)) {
      if (match.index % 2 !== 0) continue;
      const length = Number.parseInt(match[0].slice(2), 16) * 2;
      found.push(match[1]!.slice(0, length));
    }
  }
  return found;
}
