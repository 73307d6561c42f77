import { toHex } from '../bytes.js';
import type { DataMap } from '../tlv/index.js';
import { readCardholderVerificationList } from '../values/cardholder-verification-list.js';
import type { Language } from '../values/index.js';
import tables from './data/verification-methods.json';
import { formatAmount } from './money.js';

type Words = Readonly<Record<string, readonly string[]>>;

const NEXT_IF_UNSUCCESSFUL = 0x40;
const METHOD = 0x3f;
/** Amounts X and Y are in the application currency, as this tag's are. */
const APPLICATION_AMOUNT = '9F54';

/** The code in words, or in hex where no document gives it words. */
function word(table: Words, code: number, language: Language): string {
  const hex = toHex(Uint8Array.of(code));
  return table[hex]?.[language === 'zh' ? 1 : 0] ?? hex;
}

/** A rule of a CVM list, as EMV 4.3 Book 3 Annex C3 has it. */
function readRule(code: number, condition: number, language: Language): string {
  const method = word(tables.methods, code === METHOD ? code : code & METHOD, language);
  const when = word(tables.conditions, condition, language);
  if (code === METHOD) return method;
  const failing = (code & NEXT_IF_UNSUCCESSFUL) !== 0;
  if (language === 'zh') return `${method}，${when}，${failing ? '失败则下一条' : '失败则终止'}`;
  return `${method}, ${when}, ${failing ? 'else next' : 'else fail'}`;
}

/** The rules of a CVM list (8E) in their order; `undefined` where its length is not one of such a list. */
export function readVerificationList(
  bytes: Uint8Array,
  language: Language,
  data: DataMap | undefined,
): string | undefined {
  const list = readCardholderVerificationList(bytes);
  if (list === undefined) return undefined;
  const amount = (value: number) => formatAmount(value, APPLICATION_AMOUNT, data);
  const rules = list.rules.map(({ code, condition }) =>
    readRule(code, condition, language).replace('{x}', amount(list.amountX)).replace('{y}', amount(list.amountY)),
  );
  return rules.join(language === 'zh' ? '；' : '; ');
}

/** Method, condition and result of CVM results (9F34; EMV 4.3 Book 4 Annex A4). */
export function readVerificationResult(bytes: Uint8Array, language: Language): string | undefined {
  if (bytes.length !== 3) return undefined;
  const [code, condition, result] = bytes as unknown as readonly [number, number, number];
  const outcome = word(tables.results, result, language);
  const method = word(tables.methods, code & METHOD, language);
  if (code === METHOD) return method;
  const limit = { en: 'the limit', zh: '限额' }[language];
  const when = word(tables.conditions, condition, language).replace(/\{[xy]\}/, limit);
  return [method, when, outcome].join(language === 'zh' ? '，' : ', ');
}
