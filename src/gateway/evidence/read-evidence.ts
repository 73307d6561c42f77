import { type FileLocatorEntry, type ReadRecord, staticDataToAuthenticate } from '../../../emv/authentication/index.js';
import { equalBytes } from '../../../emv/bytes.js';
import { type DataMap, leaves, onlyObject } from '../../../emv/tlv/index.js';
import { readApplicationFileLocator, ValueError } from '../../../emv/values/index.js';
import type { Evidence, EvidenceBytes } from '../../tap/index.js';
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
export function readEvidence({ records }: Evidence, bytes: EvidenceBytes): ReadEvidence | RefusedEvidence {
  const { tags, values } = bytes;
  const entries = readFileLocator(values[tags.indexOf('94')]);
  if (!entries) return refuse('file-locator-invalid');
  const read = records.map((record, index) => readRecord(record, bytes.records[index]!));
  if (read.some(isUnreadable)) return refuse('record-unreadable');
  const all = new Map<string, Uint8Array>();
  const signed = new Map<string, Uint8Array>();
  let agree = true;
  for (const record of read) {
    const isSigned = isCovered(record, entries);
    for (const { tag, value } of leaves(record.template?.children ?? [])) {
      agree = put(all, tag, value) && agree;
      if (isSigned) signed.set(tag, value);
    }
  }
  for (let index = 0; index < tags.length; index++) agree = put(all, tags[index]!, values[index]!) && agree;
  return agree
    ? { ok: true, data: all, signed, staticData: staticDataToAuthenticate(entries, read) }
    : refuse('evidence-contradictory');
}

function readFileLocator(value: Uint8Array | undefined): readonly FileLocatorEntry[] | undefined {
  if (!value?.length) return undefined;
  try {
    return readApplicationFileLocator(value);
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

/** Without a template where it is none, or may be anything. */
function readRecord({ shortFileIdentifier, recordNumber }: Evidence['records'][number], bytes: Uint8Array): ReadRecord {
  const template = shortFileIdentifier > GOVERNED_FILE_MAX ? undefined : onlyObject(bytes, '70');
  return { shortFileIdentifier, recordNumber, bytes, template };
}

const isUnreadable = ({ shortFileIdentifier, template }: ReadRecord): boolean =>
  template === undefined && shortFileIdentifier <= GOVERNED_FILE_MAX;

/** False where the tag has another value already: nobody shall choose which one is checked. */
function put(values: Map<string, Uint8Array>, tag: string, value: Uint8Array): boolean {
  const known = values.get(tag);
  if (known === undefined) values.set(tag, value);
  return known === undefined || equalBytes(known, value);
}
