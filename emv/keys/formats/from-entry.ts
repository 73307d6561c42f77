import type { CertificationAuthorityKey } from '../certification-authority-key.js';
import type { FieldName, ImportedKey, ImportedRevocation, ImportFault, ImportNote, RawEntry } from './imported-keys.js';
import { readDate } from './read-date.js';

const SHA1_DIGITS = 40;
const SM3_DIGITS = 64;
const SM2_POINT_DIGITS = 128;

/** Bytes as files write them: with blanks, colons or 0x, in either case, of whole bytes. */
function hexOf(text: string | undefined): string | undefined {
  const digits = text?.replace(/^0x/i, '').replace(/[\s:]/g, '').toUpperCase();
  return digits === undefined || digits === '' ? undefined : digits.length % 2 === 0 ? digits : `0${digits}`;
}

const isHex = (text: string): boolean => /^[0-9A-F]*$/.test(text);

export function toImportedKey({ place, fields, fault, notes = [] }: RawEntry): ImportedKey | ImportFault {
  if (fault !== undefined) return { place, code: fault };
  const isSm2 = /^(04|sm2)$/i.test(fields.algorithm ?? '') || (fields.publicKey !== undefined && !fields.modulus);
  const needed: readonly FieldName[] = isSm2 ? ['rid', 'index'] : ['rid', 'index', 'modulus', 'exponent'];
  for (const field of needed) if (!hexOf(fields[field])) return { place, code: 'key-field-missing', field };
  const hex = {
    rid: hexOf(fields.rid)!.slice(0, 10),
    index: hexOf(fields.index)!,
    key: hexOf(isSm2 ? (fields.publicKey ?? fields.modulus) : fields.modulus) ?? '',
    exponent: exponentOf(fields.exponent),
    checksum: hexOf(fields.checksum) ?? '',
  };
  const wrong = Object.entries(hex).find(([, value]) => !isHex(value));
  if (wrong !== undefined)
    return { place, code: 'key-field-not-hex', field: wrong[0] === 'key' ? 'modulus' : wrong[0] };
  const expires = readDate(fields.expires ?? '');
  if (expires === null) return { place, code: 'key-expiry-invalid', field: 'expires' };
  const check = checksumOf(hex.checksum, isSm2);
  const key: CertificationAuthorityKey = {
    rid: hex.rid,
    index: hex.index,
    ...(isSm2
      ? { algorithm: 'sm2' as const, publicKey: hex.key.slice(-SM2_POINT_DIGITS) }
      : { algorithm: 'rsa' as const, modulus: hex.key.replace(/^(00)+/, ''), exponent: hex.exponent }),
    ...check.field,
    ...(expires !== undefined && { expires }),
    ...useOf(fields.use),
  };
  const late = expires !== undefined && !expires.endsWith('-12-31') ? (['expiry-not-31-december'] as const) : [];
  return { place, key, notes: [...notes, ...(notes.length > 0 ? [] : check.notes), ...late] };
}

function exponentOf(text: string | undefined): string {
  if (text === undefined || text === '') return '';
  return /^65537$/.test(text.trim()) ? '010001' : (hexOf(text)?.replace(/^(00)+(?=.)/, '') ?? '');
}

const useOf = (text: string | undefined): { use?: 'live' | 'test' } => {
  if (/^(live|prod|production|正式)$/i.test(text ?? '')) return { use: 'live' };
  return /^test|^测试/i.test(text ?? '') ? { use: 'test' } : {};
};

/** A check value of zeros stands in many files for none, and so does one of another length. */
function checksumOf(
  digits: string,
  isSm2: boolean,
): { readonly field: { sha1?: string; sm3?: string }; readonly notes: readonly ImportNote[] } {
  if (/^0*$/.test(digits)) return { field: {}, notes: ['no-checksum'] };
  if (digits.length === SHA1_DIGITS && !isSm2) return { field: { sha1: digits }, notes: [] };
  if (digits.length === SM3_DIGITS && isSm2) return { field: { sm3: digits }, notes: [] };
  return { field: {}, notes: ['checksum-not-one'] };
}

export function toRevocation({ place, fields }: RawEntry): ImportedRevocation | ImportFault {
  const parts = [
    ['rid', 10],
    ['index', 2],
    ['serialNumber', 6],
  ] as const;
  let certificate = '';
  for (const [field, digits] of parts) {
    const value = hexOf(fields[field]);
    if (value === undefined) return { place, code: 'key-field-missing', field };
    if (!isHex(value) || value.length !== digits) return { place, code: 'key-field-not-hex', field };
    certificate += value;
  }
  return { place, certificate };
}
