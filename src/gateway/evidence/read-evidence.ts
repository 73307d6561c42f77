import { type FileLocatorEntry, type ReadRecord, staticDataToAuthenticate } from '../../../emv/authentication/index.js';
import { equalBytes, fromHex } from '../../../emv/bytes.js';
import { type DataMap, type DataObject, leaves, onlyObject } from '../../../emv/tlv/index.js';
import { readApplicationFileLocator, ValueError } from '../../../emv/values/index.js';
import type { Evidence } from '../../tap/index.js';
import type { EvidenceRefusal } from './evidence-refusal.js';

/** Files above belong to the issuer and may hold anything (EMV 4.3 Book 3 §6.5.11). */
const GOVERNED_FILE_MAX = 10;

export interface ReadEvidence {
  readonly ok: true;
  /** All values, of terminal and card. */
  readonly data: DataMap;
  /** Those that the card's certificate covers, once it has been verified. */
  readonly signed: DataMap;
  /** The records that the certificate covers; `undefined` where one of them is missing. */
  readonly staticData: Uint8Array | undefined;
}

export interface RefusedEvidence {
  readonly ok: false;
  readonly code: EvidenceRefusal;
}

export const refuse = (code: EvidenceRefusal): RefusedEvidence => ({ ok: false, code });

/** Takes evidence apart. Never throws for what a tap record can say. */
export function readEvidence({ data, records }: Evidence): ReadEvidence | RefusedEvidence {
  const entries = readFileLocator(data['94']);
  if (!entries) return refuse('file-locator-invalid');
  const read = records.map(({ shortFileIdentifier, recordNumber, bytes }) => {
    return { shortFileIdentifier, recordNumber, bytes: fromHex(bytes) };
  });
  const ofCard: DataObject[] = [];
  const covered: DataObject[] = [];
  for (const record of read) {
    const objects = readRecord(record);
    if (!objects) return refuse('record-unreadable');
    ofCard.push(...objects);
    if (isCovered(record, entries)) covered.push(...objects);
  }
  const given = Object.entries(data).map(([tag, value]) => ({ tag, value: fromHex(value) }));
  const all = unite([...ofCard, ...given]);
  const signed = unite(covered);
  const staticData = staticDataToAuthenticate(entries, read);
  return all && signed ? { ok: true, data: all, signed, staticData } : refuse('evidence-contradictory');
}

function readFileLocator(value: string | undefined): readonly FileLocatorEntry[] | undefined {
  if (!value) return undefined;
  try {
    return readApplicationFileLocator(fromHex(value));
  } catch (error) {
    if (error instanceof ValueError) return undefined;
    throw error;
  }
}

function isCovered({ shortFileIdentifier, recordNumber }: ReadRecord, entries: readonly FileLocatorEntry[]): boolean {
  return entries.some(
    (entry) =>
      entry.shortFileIdentifier === shortFileIdentifier &&
      recordNumber >= entry.firstRecord &&
      recordNumber < entry.firstRecord + entry.authenticatedRecords,
  );
}

/** The primitive objects of a record; `undefined` where it is no template 70. */
function readRecord({ shortFileIdentifier, bytes }: ReadRecord): DataObject[] | undefined {
  if (shortFileIdentifier > GOVERNED_FILE_MAX) return [];
  const template = onlyObject(bytes, '70');
  return template && leaves([template]);
}

/** One value a tag; `undefined` where a tag has two different ones, so that nobody can choose which one is checked. */
function unite(objects: readonly { readonly tag: string; readonly value: Uint8Array }[]): DataMap | undefined {
  const values = new Map<string, Uint8Array>();
  for (const { tag, value } of objects) {
    const known = values.get(tag);
    if (known && !equalBytes(known, value)) return undefined;
    values.set(tag, value);
  }
  return values;
}
