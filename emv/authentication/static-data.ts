import { concat } from '../bytes.js';
import { type DataMap, type DataObject, onlyObject } from '../tlv/index.js';
import { done, type Step } from './oda-result.js';
import { objection, type Witness } from './witness.js';

/** One entry of the application file locator, as `readApplicationFileLocator` gives it. */
export interface FileLocatorEntry {
  readonly shortFileIdentifier: number;
  readonly firstRecord: number;
  readonly lastRecord: number;
  /** How many records, from the first on, take part in offline data authentication. */
  readonly authenticatedRecords: number;
}

/** A record as READ RECORD answered it, template 70 included. */
export interface ReadRecord {
  readonly shortFileIdentifier: number;
  readonly recordNumber: number;
  readonly bytes: Uint8Array;
  /** The one template that the bytes consist of, where that is known already. */
  readonly template?: DataObject | undefined;
}

/** Files 1 to 10 belong to EMV, their records count without tag and length of template 70. */
const GOVERNED_FILE_MAX = 10;
const RECORD_TEMPLATE = '70';

/**
 * The records that take part in offline data authentication, one after the other in the order of the AFL
 * (EMV 4.3 Book 3 §10.3, JR/T 0025.7-2013). Of files 1 to 10 the content of template 70 counts, of files 11 to 30 the
 * whole record. `undefined`, which means that authentication fails, where such a record was not read or is not exactly
 * one template 70. What 9F4A adds is not in it.
 */
export function staticDataToAuthenticate(
  entries: readonly FileLocatorEntry[],
  records: readonly ReadRecord[],
): Uint8Array | undefined {
  const parts: Uint8Array[] = [];
  for (const { shortFileIdentifier, firstRecord, authenticatedRecords } of entries) {
    for (let number = firstRecord; number < firstRecord + authenticatedRecords; number++) {
      const record = records.find(
        (candidate) => candidate.shortFileIdentifier === shortFileIdentifier && candidate.recordNumber === number,
      );
      const template = record === undefined ? undefined : templateOf(record);
      if (record === undefined || template === undefined) return undefined;
      parts.push(shortFileIdentifier <= GOVERNED_FILE_MAX ? template.value : record.bytes);
    }
  }
  return concat(...parts);
}

function templateOf({ bytes, template = onlyObject(bytes, RECORD_TEMPLATE) }: ReadRecord): DataObject | undefined {
  const isWhole = template?.offset === 0 && endOf(template.value) === endOf(bytes);
  return isWhole ? template : undefined;
}

const endOf = (bytes: Uint8Array): number => bytes.byteOffset + bytes.length;

/**
 * The static data as they are signed: the records, then the application interchange profile where 9F4A asks for it;
 * it may ask for nothing else (EMV 4.3 Book 2 §5.1, Book 3 §10.3).
 */
export function signedStaticData(records: Uint8Array | undefined, data: DataMap, witness?: Witness): Step<Uint8Array> {
  const tagList = data.get('9F4A') ?? NOTHING;
  const hasOnlyProfile = tagList.length === 0 || (tagList.length === 1 && tagList[0] === 0x82);
  const profile = tagList.length === 0 ? NOTHING : data.get('82');
  const failure =
    objection(witness, records !== undefined, 'static-data-missing') ??
    objection(witness, hasOnlyProfile, 'static-data-tag-list', () => ({
      expected: Uint8Array.of(0x82),
      found: tagList,
    })) ??
    objection(witness, profile !== undefined, 'application-interchange-profile-missing');
  return failure ?? done(concat(records ?? NOTHING, profile ?? NOTHING));
}

const NOTHING = new Uint8Array(0);
