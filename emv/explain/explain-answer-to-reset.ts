import { toHex } from '../bytes.js';
import {
  type AnswerToReset,
  decodeAnswerToReset,
  type InterfaceCharacter,
  isOfContactlessReader,
} from '../values/index.js';
import tables from './data/answer-to-reset.json';
import type { ExplainedObject, ExplainOptions } from './explained-object.js';
import { describeHistoricalBytes, explainHistoricalBytes } from './historical-bytes.js';
import { describeInterfaceCharacter } from './interface-character.js';
import { readStorageCard } from './storage-card.js';

const names: Readonly<Record<string, { name: string; nameZh: string }>> = tables.names;

/**
 * An answer to reset, each character in words (ISO/IEC 7816-3 §8), and the kind of card that it tells of. A wrong check
 * character is told as such. Throws `AnswerToResetError` where the bytes are none.
 *
 * @example explainAnswerToReset(fromHex('3B80800101')).map(({ tag }) => tag)  // ['TS', 'T0', 'TD1', 'TD2', 'TCK', 'CARD']
 */
export function explainAnswerToReset(bytes: Uint8Array, options: ExplainOptions = {}): ExplainedObject[] {
  const answer = decodeAnswerToReset(bytes);
  const zh = options.language === 'zh';
  const named = (tag: string, key: string, value: number | undefined, meaning?: string): ExplainedObject => ({
    tag,
    name: names[key]![zh ? 'nameZh' : 'name'],
    ...(value !== undefined && { value: toHex(Uint8Array.of(value)) }),
    ...(meaning !== undefined && { meaning }),
  });
  const inverse = answer.initialCharacter === 0x3f;
  const convention = zh ? (inverse ? '反向约定' : '正向约定') : `${inverse ? 'inverse' : 'direct'} convention`;
  const count = answer.formatCharacter & 0x0f;
  return [
    named('TS', 'TS', answer.initialCharacter, convention),
    named('T0', 'T0', answer.formatCharacter, zh ? `${count} 个历史字节` : `${count} historical bytes`),
    ...answer.interfaceCharacters.map((character) =>
      named(
        character.name,
        nameKey(character),
        character.value,
        describeInterfaceCharacter(character, options.language ?? 'en'),
      ),
    ),
    ...(count === 0 ? [] : [historicalBytes(answer.historicalBytes, options)]),
    ...(answer.check ? [named('TCK', 'TCK', answer.check.value, describeCheck(answer.check, zh))] : []),
    named('CARD', 'CARD', undefined, describeCard(answer, zh)),
  ];
}

function nameKey({ name, letter, round, protocol }: InterfaceCharacter): string {
  if (letter === 'D') return 'TD';
  const key = round <= 2 ? name : `T${letter}-${protocol}`;
  return key in names ? key : 'T?';
}

function historicalBytes(bytes: Uint8Array, options: ExplainOptions): ExplainedObject {
  const head = { tag: 'HIST', name: names.HIST![options.language === 'zh' ? 'nameZh' : 'name'] };
  const children = explainHistoricalBytes(bytes, options);
  if (children !== undefined) return { ...head, children };
  const meaning = describeHistoricalBytes(bytes, options.language ?? 'en');
  return { ...head, value: toHex(bytes), ...(meaning !== undefined && { meaning }) };
}

function describeCheck(
  { value, expected }: { readonly value: number; readonly expected: number },
  zh: boolean,
): string {
  if (value === expected) return zh ? '正确' : 'right';
  const wanted = toHex(Uint8Array.of(expected));
  return zh ? `错误，应为 ${wanted}` : `wrong, ${wanted} expected`;
}

function describeCard(answer: AnswerToReset, zh: boolean): string {
  if (!isOfContactlessReader(answer)) {
    const list =
      answer.protocols
        .map((protocol) => `T=${protocol}`)
        .filter((name) => name !== 'T=15')
        .join(', ') || 'T=0';
    return zh ? `接触式芯片卡（${list}）` : `chip card with contacts (${list})`;
  }
  const storage = readStorageCard(answer.historicalBytes);
  if (storage === undefined)
    return zh ? '非接触式芯片卡（ISO/IEC 14443-4）' : 'contactless chip card (ISO/IEC 14443-4)';
  const name = storage.name ?? (zh ? `编号 ${storage.number}` : `number ${storage.number}`);
  const standard = storage.standard === undefined ? '' : `, ${storage.standard}`;
  return zh ? `存储卡，${name}${standard}` : `storage card, ${name}${standard}`;
}
