import { describe, expect, it } from 'vitest';
import { ApduError, explainCommand, explainResponse, fromHex } from '../../../emv/index.js';

const command = (hex: string, options?: Parameters<typeof explainCommand>[1]) => explainCommand(fromHex(hex), options);
const meanings = (hex: string, language: 'en' | 'zh' = 'en') =>
  command(hex, { language }).map(({ tag, meaning }) => [tag, meaning]);

describe('explainCommand', () => {
  it.each([
    ['00A404000E325041592E5359532E444446303100', 'SELECT', 'by name, first occurrence'],
    ['00A4040208A00000033301010100', 'SELECT', 'by name, next occurrence'],
    ['00A4000C023F00', 'SELECT', undefined],
    ['00B2011400', 'READ RECORD', 'SFI 2 record 1'],
    ['00B2011500', 'READ RECORD', undefined],
    ['80CA9F7900', 'GET DATA', '9F79 Electronic Cash Balance'],
    ['80CA005A00', 'GET DATA', '5A Application Primary Account Number (PAN)'],
    ['80CADF7E00', 'GET DATA', 'DF7E'],
    ['80AE4000021122', 'GENERATE AC', 'TC'],
    ['80AE9000021122', 'GENERATE AC', 'ARQC, CDA'],
    ['80AEC000021122', 'GENERATE AC', undefined],
    ['0084000008', 'GET CHALLENGE', undefined],
  ])('%s: %s, %s', (hex, name, parameters) => {
    expect(meanings(hex).slice(0, 2)).toEqual([
      ['INS', name],
      ['P1P2', parameters],
    ]);
  });

  it('names what SELECT selects', () => {
    expect(command('00A4040008A00000033301010100').at(-1)).toEqual({
      tag: 'DATA',
      name: 'Data',
      value: 'A000000333010101',
      meaning: 'UnionPay debit',
    });
    expect(meanings('00A4040008A00000033301010100', 'zh').at(-1)).toEqual(['DATA', '银联借记']);
  });

  it('puts the data under the tags that the card asked for', () => {
    const dataObjectList = fromHex('9F66049F02065F2A02');
    const [, , template] = command('80A800000E830C280000800000000002000156', { dataObjectList });
    expect(template).toMatchObject({ tag: '83', name: 'Command Template' });
    expect(template!.children!.map(({ tag, value, meaning }) => [tag, value, meaning])).toEqual([
      ['9F66', '28000080', undefined],
      ['9F02', '000000000200', '2.00 CNY'],
      ['5F2A', '0156', 'CNY Chinese Yuan'],
    ]);
    const listed = command('80AE4000080000000002000156', { dataObjectList: fromHex('9F02065F2A02') });
    expect(listed.slice(2).map(({ tag }) => tag)).toEqual(['9F02', '5F2A']);
  });

  it('shows the data as it is where it does not fit the list', () => {
    const dataObjectList = fromHex('9F6604');
    expect(command('80A800000483021122', { dataObjectList }).at(-1)).toMatchObject({
      tag: '83',
      value: '1122',
    });
    expect(command('80A80000021122', { dataObjectList }).at(-1)).toMatchObject({ tag: 'DATA', value: '1122' });
    expect(command('80AE4000021122', { dataObjectList }).at(-1)).toMatchObject({ tag: 'DATA', value: '1122' });
    expect(command('80AE4000021122', { dataObjectList: fromHex('9F') }).at(-1)).toMatchObject({ value: '1122' });
  });

  it('masks the card numbers of commands', () => {
    const dataObjectList = fromHex('5A08');
    for (const hex of ['04DA9F790C5A0862280001000011170000', '80AE4000086228000100001117']) {
      expect(JSON.stringify(command(hex, { dataObjectList }))).not.toContain('6228000100001117');
    }
  });

  it('throws what decodeCommand throws', () => expect(() => command('00A404')).toThrow(ApduError));
});

describe('explainResponse', () => {
  it('explains the data objects and the status word', () => {
    expect(explainResponse(fromHex('9F36020ADC9000')).map(({ tag, value, meaning }) => [tag, value, meaning])).toEqual([
      ['9F36', '0ADC', '2780'],
      ['SW', '9000', 'success, normal processing'],
    ]);
  });

  it('reads a status word as the answer to its command', () => {
    expect(explainResponse(fromHex('63C2'), { instruction: 0x20 })[0]!.meaning).toBe('PIN wrong, 2 tries left');
    expect(explainResponse(fromHex('6A82'), { language: 'zh' })).toEqual([
      { tag: 'SW', name: '状态字', value: '6A82', meaning: '文件或应用未找到' },
    ]);
  });

  it('shows data that is not data objects as it is', () => {
    expect(explainResponse(fromHex('2611249000'))[0]).toEqual({ tag: 'DATA', name: 'Data', value: '261124' });
  });

  it('throws what decodeResponse throws', () => expect(() => explainResponse(fromHex('90'))).toThrow(ApduError));
});
