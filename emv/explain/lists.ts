import { toHex } from '../bytes.js';
import { lookUpTag, type TagContext } from '../tags/index.js';
import { type DataObjectListEntry, decodeDataObjectList, TlvError } from '../tlv/index.js';
import { type Language, readApplicationFileLocator, ValueError } from '../values/index.js';

/** The dictionary's name of a tag in a language, `undefined` for a tag that it does not know. */
export function knownName(tag: string, language: Language, context: TagContext = {}): string | undefined {
  const definition = lookUpTag(tag, context);
  return language === 'zh' ? definition?.nameZh : definition?.name;
}

/** The same, and words for a tag that the dictionary does not know. */
export const nameOf = (tag: string, language: Language, context?: TagContext): string =>
  knownName(tag, language, context) ?? (language === 'zh' ? '未知数据对象' : 'Unknown data object');

/** The entries of a data object list, or what is wrong with it. */
export function readDataObjectList(bytes: Uint8Array, language: Language): string | undefined {
  let entries: DataObjectListEntry[];
  try {
    entries = decodeDataObjectList(bytes);
  } catch (error) {
    if (error instanceof TlvError) return invalid(error.code, language);
    throw error;
  }
  return entries.map(({ tag, length }) => `${named(tag, language)} (${length})`).join(', ');
}

const named = (tag: string, language: Language): string => {
  const name = knownName(tag, language);
  return name === undefined ? tag : `${tag} ${name}`;
};

/** The tags of a list of tags without lengths (9F4A), which has one-byte tags or two-byte ones. */
export function readTagList(bytes: Uint8Array, language: Language): string | undefined {
  const tags = toHex(bytes).match(/[13579BDF]F[0-9A-F]{2}|[0-9A-F]{2}/g) ?? [];
  return tags.length === 0 ? undefined : tags.map((tag) => named(tag, language)).join(', ');
}

/** Files and records, and how many of them are signed, or what is wrong with the locator. */
export function readFileLocator(bytes: Uint8Array, language: Language): string | undefined {
  const zh = language === 'zh';
  try {
    return readApplicationFileLocator(bytes)
      .map(({ shortFileIdentifier, firstRecord, lastRecord, authenticatedRecords }) => {
        const records = firstRecord === lastRecord ? `${firstRecord}` : `${firstRecord}–${lastRecord}`;
        const word = firstRecord === lastRecord ? 'record' : 'records';
        return zh
          ? `SFI ${shortFileIdentifier} 记录 ${records}（${authenticatedRecords} 条参与认证）`
          : `SFI ${shortFileIdentifier} ${word} ${records} (${authenticatedRecords} signed)`;
      })
      .join(zh ? '；' : '; ');
  } catch (error) {
    if (error instanceof ValueError) return invalid(error.code, language);
    throw error;
  }
}

/** A meaning for a value that its data element does not allow. */
const invalid = (code: string, language: Language): string =>
  language === 'zh' ? `无效（${code}）` : `invalid (${code})`;
