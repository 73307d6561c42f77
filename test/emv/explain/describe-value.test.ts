import { describe, expect, it } from 'vitest';
import { describeValue, fromHex } from '../../../emv/index.js';

const meaning = (tag: string, hex: string, language: 'en' | 'zh' = 'en') =>
  describeValue(tag, fromHex(hex), { language }).meaning;

describe('what a value says', () => {
  it.each([
    ['9A', '261124', '2026-11-24'],
    ['5F24', '491231', '2049-12-31'],
    ['5F25', '500101', '1950-01-01'],
    ['5F24', '240229', '2024-02-29'],
    ['5F24', '230229', undefined],
    ['9A', '261301', undefined],
    ['9A', '26AB01', undefined],
    ['9A', '2611', undefined],
    ['5F2B', '19800131', '1980-01-31'],
    ['9F21', '235959', '23:59:59'],
    ['9F21', '240000', undefined],
    ['9F02', '000000000200', '2.00'],
    ['9F02', '000000000005', '0.05'],
    ['9F79', '999999999999', '9999999999.99'],
    ['9F02', '00000000020A', undefined],
    ['9F02', '0200', undefined],
    ['9F1B', '00002710', '100.00'],
    ['5F2A', '0156', 'CNY Chinese Yuan'],
    ['9F3B', '01560344', 'CNY Chinese Yuan, HKD Hong Kong Dollar'],
    ['5F2A', '0998', undefined],
    ['9F1A', '0156', 'China'],
    ['5F28', '0000', undefined],
    ['9F36', '0ADC', '2780'],
    ['9F17', '03', '3'],
    ['5F34', '01', '1'],
    ['5F34', '0A', undefined],
    ['50', '50424F43', 'PBOC'],
    ['50', 'D2F8C1AA', '银联'],
    ['50', 'E993B6E88194', '银联'],
    ['5F20', '5A48414E472F53414E20202020', 'ZHANG/SAN'],
    ['50', '0000', undefined],
    ['50', '01020304', undefined],
    ['50', '411B5B33316D42', undefined],
    ['50', '41E280AE42', undefined],
    ['50', '41E280A842', undefined],
    ['5F2D', '7A68656E', 'zh Chinese, en English'],
    ['5F2D', '5858', 'XX'],
    ['5F55', '434E', 'China'],
    ['5F56', '43484E', 'China'],
    ['9F15', '4131', 'bus lines'],
    ['9F11', '01', 'ISO 8859-1'],
    ['8A', '3638', '68, response received too late'],
    ['84', 'A000000333010101', 'UnionPay debit'],
    ['84', 'A000000333010199', 'UnionPay'],
    ['84', '325041592E5359532E4444463031', '2PAY.SYS.DDF01, contactless directory (PPSE)'],
    ['4F', 'F000000001', undefined],
    ['87', '81', 'priority 1, cardholder confirmation needed'],
    ['88', '01', 'SFI 1'],
    ['9F4D', '0B0A', 'SFI 11, 10 records'],
    ['94', '0801010010010201', 'SFI 1 record 1 (0 signed); SFI 2 records 1–2 (1 signed)'],
    ['94', '0801', 'invalid (value-wrong-length)'],
    ['9F38', '9F66049F0206', '9F66 Terminal Transaction Qualifiers (TTQ) (4), 9F02 Amount, Authorised (Numeric) (6)'],
    ['9F38', '9F66', 'invalid (length-truncated)'],
    ['8C', 'DF7F02', 'DF7F (2)'],
    ['9F4A', '82', '82 Application Interchange Profile (AIP)'],
    ['9F4A', '829F36', '82 Application Interchange Profile (AIP), 9F36 Application Transaction Counter (ATC)'],
    ['57', '6228000100001117D25122010000000000', 'card number 622800******1117, expires 2025-12, service code 201'],
    ['57', '6228', undefined],
    ['9F6B', '000000010000', '100.00'],
    ['5F30', '0201', 'international, chip; normal authorization; no restrictions'],
    ['5F30', '0999', undefined],
    ['9C', '00', 'purchase'],
    ['9C', '99', undefined],
    ['9F35', '25', 'merchant, unattended, offline with online capability'],
    ['8A', '5931', 'Y1, offline approved'],
    ['8A', '4239', 'B9'],
    ['DF60', '01', 'segment deduction'],
    ['9F27', '80', 'ARQC, online authorization requested'],
    [
      '9F10',
      '07010103A00000010A010000038787868FD1FC',
      'ARQC, cryptogram version 01, key index 1, 3DES, electronic cash balance 387.87',
    ],
    ['9F10', '0701010364000004', 'TC, cryptogram version 01, key index 1, SM4'],
    ['9F10', '06011203A0A000', undefined],
    ['9F69', '0111223344000000', 'fDDA version 01, card unpredictable number 11223344, CTQ 0000'],
    ['9F34', '1F0002', 'no CVM required, always, successful'],
    ['9F34', '3F0000', 'no CVM performed'],
    ['9F34', '010602', 'offline PIN, plaintext, if under the limit in the application currency, successful'],
    [
      '8E',
      '000000640000000042031E061F00',
      'online PIN, if the terminal supports the CVM, else next; signature, if under 1.00 in the application currency, else fail; no CVM required, always, else fail',
    ],
    ['8E', '0000006400000000', undefined],
    ['80', '7C000801010010010201', 'AIP 7C00, AFL SFI 1 record 1 (0 signed); SFI 2 records 1–2 (1 signed)'],
    ['80', '4000011122334455667788070101039000000100', 'TC, approved offline, ATC 1, cryptogram 1122334455667788'],
    ['80', '7C', undefined],
    ['9F26', '1122334455667788', undefined],
    ['DF7E', '31323334', undefined],
  ])('%s %s: %s', (tag, hex, expected) => expect(meaning(tag, hex)).toBe(expected));

  it.each([
    ['9F1A', '0156', '中国'],
    ['5F2A', '0156', 'CNY 人民币'],
    ['9F4D', '0B0A', 'SFI 11，10 条记录'],
    ['94', '08010200', 'SFI 1 记录 1–2（0 条参与认证）'],
    ['94', '00', '无效（value-wrong-length）'],
    ['9C', '00', '消费'],
    ['84', 'A000000333010106', '银联电子现金'],
    ['9F27', '40', 'TC（脱机批准）'],
    ['87', '82', '优先级 2，需持卡人确认'],
    ['9F34', '1E0302', '签名，若终端支持该CVM，成功'],
    ['9F10', '0701010390000001', 'TC，密文版本 01，密钥索引 1，3DES'],
    ['57', '6228000100001117D2512201', '卡号 622800******1117，有效期 2025-12，服务码 201'],
  ])('%s %s in Chinese: %s', (tag, hex, expected) => expect(meaning(tag, hex, 'zh')).toBe(expected));

  it('writes an amount in the currency that the other values name', () => {
    const amount = (tag: string, hex: string, data: Record<string, string>) =>
      describeValue(tag, fromHex(hex), {
        data: new Map(Object.entries(data).map(([key, value]) => [key, fromHex(value)])),
      }).meaning;
    expect(amount('9F02', '000000000200', { '5F2A': '0156' })).toBe('2.00 CNY');
    expect(amount('9F02', '000000000200', { '5F2A': '0392' })).toBe('200 JPY');
    expect(amount('9F02', '000000000200', { '5F2A': '0048' })).toBe('0.200 BHD');
    expect(amount('9F79', '000000000200', { '5F2A': '0344', '9F51': '0156' })).toBe('2.00 CNY');
    expect(amount('DF79', '000000000200', { '9F51': '0156', DF71: '0344' })).toBe('2.00 HKD');
    expect(amount('9F02', '000000000200', { '5F2A': '0000' })).toBe('2.00');
  });

  it('shows the card number of track 2 when it may', () => {
    const track = fromHex('6228000100001117D25122010000000000');
    expect(describeValue('57', track, { showPan: true }).meaning).toContain('6228000100001117');
  });

  it('adds the bits', () => {
    const { bits } = describeValue('9F66', fromHex('28000080'));
    expect(bits!.filter((bit) => bit.set).map(({ byte, bit }) => `${byte}.${bit}`)).toEqual(['1.6', '1.4', '4.8']);
    expect(describeValue('9F26', fromHex('00'))).toEqual({});
  });
});
