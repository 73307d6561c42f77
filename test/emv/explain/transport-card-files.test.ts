import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explainTransportCardFile, fromHex, toHex, transportCardFiles } from '../../../emv/index.js';

const values = (sfi: string, hex: string, options = {}) =>
  Object.fromEntries(explainTransportCardFile(sfi, fromHex(hex), options).map(({ name, value }) => [name, value]));

describe('the files of the transport card', () => {
  it('have parts that fill them', () => {
    for (const { sfi, length, parts, name, nameZh, source } of transportCardFiles) {
      expect(
        parts.reduce((sum, part) => sum + part.length, 0),
        sfi,
      ).toBe(length);
      for (const text of [name, source, ...parts.map((part) => part.name)]) expect(text).toMatch(/^[\x20-\x7E]+$/);
      for (const text of [nameZh, ...parts.map((part) => part.nameZh)]) expect(text).toMatch(/\p{Script=Han}/u);
    }
    expect(transportCardFiles.map(({ sfi }) => sfi)).toEqual(['15', '16', '17', '18', '1A', '1E']);
  });

  it('mask the card number and the cardholder unless asked', () => {
    const file15 = '02002900FFFFFFFF01020310487000000012345620180101204012310100';
    expect(values('15', file15)).toMatchObject({
      issuer: '02002900FFFFFFFF',
      'application serial number': '310487*********3456',
      'start date': '2018-01-01',
      'expiry date': '2040-12-31',
    });
    expect(values('15', file15, { showPan: true })['application serial number']).toBe('3104870000000123456');
    const file16 = `0000${'41'.repeat(20)}${'31'.repeat(32)}00`;
    expect(values('16', file16).name).toBe('*'.repeat(20));
    expect(values('16', file16, { showPan: true })['certificate number']).toBe('1'.repeat(32));
  });

  it('tell transactions and journeys', () => {
    const log = '0007000000000000C806123456789ABC20261124081530';
    expect(values('18', log)).toMatchObject({ amount: '2.00', type: 'purchase', date: '2026-11-24', time: '08:15:30' });
    const journey = `03${'00'.repeat(8)}010001000200000000000000000027102026112408153029001200290000000000000000000000`;
    expect(values('1E', journey)).toMatchObject({
      type: 'entry',
      line: '0001',
      station: '0002',
      amount: '0.00',
      balance: '100.00',
      time: '2026-11-24 08:15:30',
      city: '2900',
    });
    expect(values('1E', journey, { language: 'zh' })).toMatchObject({ 交易类型: '进站' });
  });

  it('say nothing of another file or length, and throw nothing', () => {
    expect(explainTransportCardFile('05', new Uint8Array(30))).toEqual([]);
    expect(explainTransportCardFile('15', new Uint8Array(29))).toEqual([]);
    fc.assert(
      fc.property(fc.constantFrom(...transportCardFiles), fc.infiniteStream(fc.nat({ max: 255 })), (file, stream) => {
        const bytes = Uint8Array.from({ length: file.length }, () => stream.next().value!);
        const parts = explainTransportCardFile(file.sfi, bytes);
        expect(parts).toHaveLength(file.parts.length);
        if (file.sfi === '15') expect(JSON.stringify(parts)).not.toContain(toHex(bytes.subarray(10, 20)));
      }),
    );
  });
});
