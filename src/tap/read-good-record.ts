import { z } from 'zod';
import { type EvidenceBytes, upperEvidenceBytes } from './evidence-bytes.js';
import { namePattern } from './name-pattern.js';
import {
  type Evidence,
  evidenceLimits,
  type Place,
  placeNames,
  placeNumbers,
  services,
  type TapRecord,
  tagPattern,
  tapAmountMaxFen,
  tapEvents,
} from './tap-record.js';

/** A tap record, and what of it is hex. */
export interface GoodRecord {
  readonly record: TapRecord;
  readonly bytes: EvidenceBytes;
}

/**
 * A tap record that is as the schema wants it, at a third of the schema's price; `undefined` for every other value and
 * for some rare good ones, which the schema then judges. What it gives is what the schema would give, fields in the
 * same order (test/tap/read-good-record.test.ts holds the two together).
 */
export function readGoodRecord(value: unknown): GoodRecord | undefined {
  if (!isPlain(value, RECORD_FIELDS) || value.version !== 1) return undefined;
  const { operator, terminal, sequence, at, service, event, amountFen } = value;
  const place = readPlace(value.place);
  const evidence = readEvidence(value.evidence);
  if (!place || !evidence || !isName(operator) || !isName(terminal)) return undefined;
  if (!isSequence(sequence) || !isBetween(amountFen, 0, tapAmountMaxFen) || !isInstant(at)) return undefined;
  if (!isOneOf(services, service) || !isOneOf(tapEvents, event)) return undefined;
  const bytes = upperEvidenceBytes(evidence);
  if (!bytes) return undefined;
  const record: TapRecord = {
    version: 1,
    operator,
    terminal,
    sequence,
    at,
    service,
    event,
    place,
    amountFen,
    evidence,
  };
  return { record, bytes };
}

const INSTANT = z.regexes.datetime({ offset: true });

/** As `instantSchema` wants it. */
const isInstant = (value: unknown): value is string => typeof value === 'string' && INSTANT.test(value);

/** A terminal's own number of a record. */
export const isSequence = (value: unknown): value is number => isBetween(value, 1, Number.MAX_SAFE_INTEGER);

/** How many fields there are that none may be without: each is looked at, so as many are those and no others. */
const [RECORD_FIELDS, EVIDENCE_FIELDS, READ_RECORD_FIELDS] = [10, 3, 3] as const;
const PLACE_FIELDS = new Set<string>([...placeNames, ...Object.keys(placeNumbers)]);

type Fields = Readonly<Record<string, unknown>>;

/** Whether a value is an object as JSON.parse gives it, with so many fields. */
function isPlain(value: unknown, count?: number): value is Fields {
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return false;
  return count === undefined || Object.keys(value).length === count;
}

const isBetween = (value: unknown, min: number, max: number): value is number =>
  Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max;

const isName = (value: unknown): value is string => typeof value === 'string' && namePattern.test(value);

const isOneOf = <Text extends string>(texts: readonly Text[], value: unknown): value is Text =>
  (texts as readonly unknown[]).includes(value);

function readPlace(value: unknown): Place | undefined {
  if (!isPlain(value) || !Object.keys(value).every((field) => PLACE_FIELDS.has(field))) return undefined;
  const place: Record<string, unknown> = {};
  for (const field of placeNames) {
    if (!(field in value)) continue;
    if (!isName(value[field])) return undefined;
    place[field] = value[field];
  }
  for (const [field, max] of PLACE_NUMBERS) {
    if (!(field in value)) continue;
    if (!isBetween(value[field], 0, max)) return undefined;
    place[field] = value[field];
  }
  return place;
}

const PLACE_NUMBERS = Object.entries(placeNumbers);

function readEvidence(value: unknown): Evidence | undefined {
  if (!isPlain(value, EVIDENCE_FIELDS) || !isPlain(value.data)) return undefined;
  const { applicationIdentifier } = value;
  const data = readData(value.data);
  const records = readRecords(value.records);
  if (!mayBeHex(applicationIdentifier) || !data || !records) return undefined;
  return { applicationIdentifier, data, records };
}

function readData(value: Fields): Evidence['data'] | undefined {
  for (const tag of Object.keys(value)) {
    if (!mayBeHex(value[tag]) || !tagPattern.test(tag)) return undefined;
  }
  return value as Evidence['data'];
}

function readRecords(value: unknown): Evidence['records'] | undefined {
  if (!Array.isArray(value) || value.length > evidenceLimits.records) return undefined;
  const records: Evidence['records'] = [];
  for (const each of value) {
    if (!isPlain(each, READ_RECORD_FIELDS)) return undefined;
    const { shortFileIdentifier, recordNumber, bytes } = each;
    if (!mayBeHex(bytes) || !isBetween(shortFileIdentifier, 1, 30) || !isBetween(recordNumber, 1, 255)) {
      return undefined;
    }
    records.push({ shortFileIdentifier, recordNumber, bytes });
  }
  return records;
}

/** Whether a value has the length of hex; its digits are looked at in all values at once. Lower case is the schema's to change. */
const mayBeHex = (value: unknown): value is string =>
  typeof value === 'string' && value.length % 2 === 0 && value.length <= 2 * evidenceLimits.bytes;
