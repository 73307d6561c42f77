import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ExplainOptions,
  explainLayout,
  explainSession,
  type FileLayout,
  fileLayouts,
  findLayout,
  followSession,
  fromHex,
  instructions,
  toHex,
} from '../../../emv/index.js';

const TRANSPORT = 'A000000632010105';
const { readBinary, readRecord } = instructions;

/** The files of JT/T 978.2-2015: instruction, and length of the file or of a record. */
const lengths: Readonly<Record<string, readonly [instruction: number, length: number]>> = {
  '15': [readBinary, 30],
  '16': [readBinary, 55],
  '17': [readBinary, 60],
  '18': [readRecord, 23],
  '1A': [readRecord, 128],
  '1E': [readRecord, 48],
};

const layoutOf = (file: string): FileLayout =>
  findLayout(TRANSPORT, lengths[file]![0], Number.parseInt(file, 16)) as FileLayout;

const explained = (file: string, hex: string, options: ExplainOptions = {}) =>
  explainLayout(fromHex(hex), layoutOf(file), options) ?? [];
const values = (file: string, hex: string, options: ExplainOptions = {}) =>
  Object.fromEntries(explained(file, hex, options).map(({ name, value }) => [name, value]));
const meanings = (file: string, hex: string, options: ExplainOptions = {}) =>
  Object.fromEntries(explained(file, hex, options).map(({ name, meaning }) => [name, meaning]));

const FILE_15 = '02002900FFFFFFFF01020310487000000012345620180101204012310100';
const FILE_16 = `0000${'41'.repeat(20)}${'31'.repeat(32)}00`;

describe('the files of the transport card', () => {
  it('have fields that fill them, with words in both languages', () => {
    for (const [file, [, length]] of Object.entries(lengths)) {
      const fields = explained(file, '00'.repeat(length));
      expect(fields.at(-1)?.tag.split('-').at(-1), file).toBe(`${length}`);
      expect(fields).toHaveLength(layoutOf(file).fields.length);
    }
    for (const { name, source, fields } of fileLayouts) {
      for (const text of [name, source, ...fields.map((field) => field.name)]) expect(text).toMatch(/^[\x20-\x7E]+$/);
      for (const { nameZh } of fields) expect(nameZh).toMatch(/\p{Script=Han}/u);
    }
    expect(fileLayouts.filter(({ file }) => file !== undefined).map(({ file }) => file!.toString(16))).toEqual(
      Object.keys(lengths).map((file) => file.toLowerCase()),
    );
  });

  it('mask the card number and the cardholder unless asked', () => {
    expect(values('15', FILE_15)).toMatchObject({
      'Card issuer': '02002900FFFFFFFF',
      'Application serial number': '031048**********3456',
    });
    expect(meanings('15', FILE_15)).toMatchObject({ 'Valid from': '2018-01-01', 'Valid until': '2040-12-31' });
    expect(values('15', FILE_15, { showPan: true })['Application serial number']).toBe('03104870000000123456');
    expect(values('16', FILE_16).Name).toBe('*'.repeat(40));
    expect(meanings('16', FILE_16).Name).toBeUndefined();
    expect(meanings('16', FILE_16, { showPan: true })['Certificate number']).toBe('1'.repeat(32));
  });

  it('leave nothing of the cardholder anywhere in a conversation', () => {
    const exchanges = [
      [`00A4040008${TRANSPORT}`, `6F0A8408${TRANSPORT}9000`],
      ['00B0960037', `${FILE_16}9000`],
    ].map(([command, response]) => ({ command: fromHex(command!), response: fromHex(response!) }));
    const steps = followSession(exchanges);
    const said = JSON.stringify(explainSession(steps));
    expect(said).not.toMatch(/(?:41){4}|(?:31){4}|A{4}|1{8}/);
    expect(said).toContain('Certificate number');
    expect(JSON.stringify(explainSession(steps, { showPan: true }))).toContain('41'.repeat(20));
  });

  it('tell transactions and journeys', () => {
    const log = '0007000000000000C806123456789ABC20261124081530';
    expect(meanings('18', log)).toMatchObject({
      'Transaction number': '7',
      Amount: '2.00 CNY',
      'Transaction type': 'purchase',
      Time: '2026-11-24 08:15:30',
    });
    const journey = `03${'00'.repeat(8)}010001000200000000000000000027102026112408153029001200290000000000000000000000`;
    expect(meanings('1E', journey)).toMatchObject({
      Event: 'entry',
      Amount: '0.00 CNY',
      'Balance after it': '100.00 CNY',
      Time: '2026-11-24 08:15:30',
    });
    expect(values('1E', journey)).toMatchObject({ Line: '0001', Station: '0002', City: '2900' });
    expect(meanings('1E', journey, { language: 'zh' })).toMatchObject({ 交易类型: '进站' });
  });

  it('say nothing of another file or length, and throw nothing', () => {
    expect(findLayout(TRANSPORT, readBinary, 5)).toBeUndefined();
    expect(explainLayout(new Uint8Array(29), layoutOf('15'), {})).toBeUndefined();
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(lengths)), fc.infiniteStream(fc.nat({ max: 255 })), (file, stream) => {
        const bytes = Uint8Array.from({ length: lengths[file]![1] }, () => stream.next().value!);
        const fields = explainLayout(bytes, layoutOf(file), {});
        expect(fields).toHaveLength(layoutOf(file).fields.length);
        if (file === '15') expect(JSON.stringify(fields)).not.toContain(toHex(bytes.subarray(10, 20)));
      }),
    );
  });
});
