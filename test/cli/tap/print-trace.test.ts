import pc from 'picocolors';
import { expect, test } from 'vitest';
import { fromHex } from '../../../emv/index.js';
import { printTrace } from '../../../src/cli/tap/print-trace.js';
import type { TapExchange } from '../../../src/terminal/index.js';

const pan = '6228000100001117';
const plain = pc.createColors(false);

const record = (number: number, answer: string): TapExchange => ({
  name: 'read-record',
  command: Uint8Array.of(0x00, 0xb2, number, 0x0c, 0x00),
  response: fromHex(`${answer}9000`),
  at: 0,
  elapsedUs: 1000,
});

const print = (...answers: readonly string[]): string[] => {
  const exchanges = answers.map((answer, index) => record(index + 1, answer));
  return printTrace(exchanges, plain, { showPan: false });
};

test.each([
  ['its own object', `700A5A08${pan}`, '700A5A08622800******1117'],
  ['track 2', `570B${pan}D25122`, '570B622800******1117D25122'],
  ['track 2 of other schemes', `9F6B0B${pan}D25122`, '9F6B0B622800******1117D25122'],
  ['the SM2 card certificate', `9F460E14${pan}FFFF122900`, '9F460E14622800******1117FFFF122900'],
  ['one object and again in another', `5A08${pan}5008${pan}`, '5A08622800******11175008622800******1117'],
])('a card number in %s is masked', (_, hex, shown) => {
  const lines = print(hex);
  expect(lines).toContain(`< ${shown} 9000 success, normal processing`);
  expect(lines.join('\n')).not.toContain(pan);
});

test('a card number is masked wherever it stands again later', () => {
  expect(print(`5A08${pan}`, `DF0108${pan}`)).toContain('< DF0108622800******1117 9000 success, normal processing');
});

test('what holds none, or is no data object, stays', () => {
  for (const hex of ['9F36020ADC', '5A', '', '9F46031403FF']) {
    expect(print(hex)).toContain(`< ${hex} 9000 success, normal processing`);
  }
});

test('an answer that is no data objects says where it breaks off', () => {
  expect(print('5A').at(-1)).toMatch(/\[length-truncated\]$/);
});

test('a card that gives no answer is told as such', () => {
  const { response: _, ...lost } = record(1, '');
  const lines = printTrace([{ ...lost, error: 'card-removed' }], plain, { showPan: false });
  expect(lines.at(-1)).toBe('< card-removed');
});
