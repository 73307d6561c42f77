import { toHex } from '../bytes.js';
import type { Language } from '../values/index.js';
import applications from './data/applications.json';
import codeTables from './data/codes.json';
import languages from './data/languages.json';
import serviceCode from './data/service-code.json';
import { readText } from './text.js';

const codesOfTag = new Map(
  codeTables.flatMap(({ tags, codes }) =>
    tags.map((tag) => [tag, new Map(codes.map((entry) => [entry.code, entry]))] as const),
  ),
);

/** What a code stands for, of a tag whose values are listed in a document. */
export function readCode(tag: string, bytes: Uint8Array, language: Language): string | undefined {
  const found = codesOfTag.get(tag)?.get(toHex(bytes));
  return language === 'zh' ? found?.meaningZh : found?.meaning;
}

const byLength = [...applications].sort((left, right) => right.identifier.length - left.identifier.length);

/** The application that an identifier names, or the scheme that its beginning names. */
export function readApplication(bytes: Uint8Array, language: Language): string | undefined {
  const hex = toHex(bytes);
  const found = byLength.find(({ identifier }) => hex.startsWith(identifier));
  return language === 'zh' ? found?.nameZh : found?.name;
}

const digitTables: readonly Readonly<Record<string, readonly string[]>>[] = [
  serviceCode.first,
  serviceCode.second,
  serviceCode.third,
];

/** The three digits of a service code, each in words. */
export function readServiceCode(digits: string, language: Language): string | undefined {
  const words = digitTables.map((table, index) => table[digits[index] ?? '']?.[language === 'zh' ? 1 : 0]);
  return digits.length !== 3 || words.includes(undefined) ? undefined : words.join(language === 'zh' ? '；' : '; ');
}

const languageOfCode = new Map(languages.map((entry) => [entry.code, entry]));

/** Languages by their ISO 639-1 letters in the order of preference, each with its name where it has one. */
export function readLanguages(bytes: Uint8Array, language: Language): string | undefined {
  const codes = readText(bytes)?.match(/.{1,2}/gu);
  return codes
    ?.map((code) => {
      const found = languageOfCode.get(code.toLowerCase());
      return found === undefined ? code : `${code} ${language === 'zh' ? found.nameZh : found.name}`;
    })
    .join(', ');
}
