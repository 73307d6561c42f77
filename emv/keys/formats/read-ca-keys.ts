import { toHex, tryFromHex } from '../../bytes.js';
import { toImportedKey, toRevocation } from './from-entry.js';
import type { CaKeyFile, CaKeyFormat, RawEntry } from './imported-keys.js';
import { readJson } from './read-json.js';
import { isSm2Authority, readSm2Authority } from './read-sm2-authority.js';
import { readTable } from './read-table.js';
import { isTlvText, readTlv } from './read-tlv.js';
import { readXml } from './read-xml.js';

/**
 * Certification authority keys and revoked certificates of a file, in whichever of the common forms it has: JSON, XML,
 * lines of a table, UnionPay's parameter objects in hex or as bytes, an authority's SM2 key. Nothing is trusted by
 * this: `createCertificationAuthorityKeyStore` checks each key. What cannot be read is listed with its place.
 *
 * @example readCaKeys(await readFile('capk.xml')).keys
 */
export function readCaKeys(file: Uint8Array): CaKeyFile {
  const { format, entries } = entriesOf(file);
  const rows = entries.map((entry) => (isRevocation(entry) ? toRevocation(entry) : toImportedKey(entry)));
  return {
    format,
    keys: rows.flatMap((row) => ('key' in row ? [row] : [])),
    revocations: rows.flatMap((row) => ('certificate' in row ? [row] : [])),
    faults: rows.flatMap((row) => ('code' in row ? [row] : [])),
  };
}

const isRevocation = ({ fields, fault }: RawEntry): boolean =>
  fault === undefined &&
  fields.serialNumber !== undefined &&
  fields.modulus === undefined &&
  fields.publicKey === undefined;

function entriesOf(file: Uint8Array): { readonly format: CaKeyFormat; readonly entries: RawEntry[] } {
  if (isSm2Authority(file)) return { format: 'sm2-authority', entries: [readSm2Authority(file, 'file')] };
  if (file[0] === 0x9f || file[0] === 0xdf) return { format: 'tlv', entries: readTlv(toHex(file), 'file') };
  const text = new TextDecoder().decode(file).trim();
  if (/^[[{]/.test(text)) return { format: 'json', entries: jsonEntries(text) };
  if (text.startsWith('<')) return { format: 'xml', entries: readXml(text) };
  if (isTlvText(text)) return { format: 'tlv', entries: readTlv(text, 'file') };
  const bytes = tryFromHex(text.replace(/\s/g, ''));
  if (bytes !== undefined && isSm2Authority(bytes)) {
    return { format: 'sm2-authority', entries: [readSm2Authority(bytes, 'file')] };
  }
  return { format: 'table', entries: readTable(text) };
}

function jsonEntries(text: string): RawEntry[] {
  try {
    return readJson(text);
  } catch (error) {
    if (error instanceof SyntaxError) return [{ place: 'file', fields: {}, fault: 'key-entry-unreadable' }];
    throw error;
  }
}
