import { fromHex, toHex } from '../../../emv/bytes.js';
import { keyCheckValue } from '../../../emv/cryptogram/index.js';
import type { IssuerKey } from './issuer-keys.js';

/** What is wrong with a file of issuer keys: the line, from 1, and the field. Never tells a key. */
export class IssuerKeysError extends Error {
  override readonly name = 'IssuerKeysError';
  readonly code = 'issuer-keys-invalid';

  constructor(readonly problems: readonly { readonly line: number; readonly message: string }[]) {
    super(problems.map(({ line, message }) => `line ${line}: ${message}`).join('\n'));
  }
}

const FIELDS_MIN = 5;
const FIELDS_MAX = 6;

/**
 * Reads a file of issuer keys: a line for each, `prefix algorithm derivation index key [check value]`, with blanks
 * between; `#` begins a note, `*` stands for every index. Throws IssuerKeysError with all that is wrong.
 *
 * @example parseIssuerKeys('62280001 3des option-a * F0C34A8124CEE0A91A0B034AA97D6EAC')
 */
export function parseIssuerKeys(text: string): readonly IssuerKey[] {
  const problems: { line: number; message: string }[] = [];
  const keys: IssuerKey[] = [];
  const lineOf = new Map<string, number>();
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = index + 1;
    const fields = raw.replace(/#.*/, '').trim().split(/\s+/).filter(Boolean);
    if (fields.length === 0) continue;
    const messages = objectionsTo(fields);
    const name = `${fields[0]} ${fields[1]} ${fields[3]}`;
    const before = lineOf.get(name);
    if (before !== undefined) messages.push(`the same prefix, algorithm and index as in line ${before}`);
    lineOf.set(name, before ?? line);
    if (messages.length === 0) keys.push(toKey(fields));
    problems.push(...messages.map((message) => ({ line, message })));
  }
  if (keys.length === 0 && problems.length === 0) problems.push({ line: 1, message: 'there is no key in it' });
  if (problems.length > 0) throw new IssuerKeysError(problems);
  return keys;
}

function objectionsTo(fields: readonly string[]): string[] {
  if (fields.length < FIELDS_MIN || fields.length > FIELDS_MAX) {
    return [`${fields.length} fields; there are: prefix algorithm derivation index key [check value]`];
  }
  const [prefix, algorithm, derivation, index, key, checkValue] = fields as [
    string,
    string,
    string,
    string,
    string,
    string?,
  ];
  const isKey = /^[0-9a-f]{32}$/i.test(key);
  const isAlgorithm = algorithm === '3des' || algorithm === 'sm4';
  const objections: (readonly [boolean, string])[] = [
    [/^\d{4,19}$/.test(prefix), 'the prefix must be 4 to 19 digits'],
    [isAlgorithm, 'the algorithm must be 3des or sm4'],
    [derivation === 'option-a' || derivation === 'option-b', 'the derivation must be option-a or option-b'],
    [index === '*' || (/^\d{1,3}$/.test(index) && Number(index) <= 255), 'the index must be 0 to 255, or *'],
    [isKey, 'the key must be 32 hexadecimal digits'],
  ];
  const messages = objections.flatMap(([holds, message]) => (holds ? [] : [message]));
  if (checkValue === undefined || !isKey || !isAlgorithm) return messages;
  const isRight = toHex(keyCheckValue(algorithm, fromHex(key))) === checkValue.toUpperCase();
  return isRight ? messages : [...messages, 'the check value is not that of the key'];
}

function toKey([prefix, algorithm, derivation, index, key]: readonly string[]): IssuerKey {
  return {
    prefix: prefix!,
    algorithm: algorithm as IssuerKey['algorithm'],
    derivation: derivation as IssuerKey['derivation'],
    ...(index !== '*' && { keyDerivationIndex: Number(index) }),
    masterKey: fromHex(key!),
  };
}
