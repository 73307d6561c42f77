import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ApduError,
  type Command,
  commandName,
  decodeCommand,
  encodeCommand,
  fromHex,
  getData,
  getProcessingOptions,
  getResponse,
  readRecord,
  select,
  toHex,
} from '../../../emv/index.js';

const hex = (command: Partial<Command>) =>
  toHex(encodeCommand({ cla: 0x80, ins: 0xae, p1: 0x40, p2: 0x00, ...command }));
const error = (run: () => unknown) => {
  try {
    run();
  } catch (thrown) {
    if (thrown instanceof ApduError) return [thrown.code, thrown.value];
    throw thrown;
  }
  return 'no error';
};

describe('a command', () => {
  const three = fromHex('A1B2C3');
  const long = new Uint8Array(256).fill(0xa5);

  it.each<[string, Partial<Command>, string]>([
    ['header alone', {}, ''],
    ['without data, which may be empty too', { data: new Uint8Array(0) }, ''],
    ['asking for all', { le: 0 }, '00'],
    ['asking for 255', { le: 255 }, 'FF'],
    ['asking for 256', { le: 256 }, '00'],
    ['asking for 257', { le: 257 }, '000101'],
    ['asking for 65,536', { le: 65_536 }, '000000'],
    ['with data', { data: three }, '03A1B2C3'],
    ['with data, asking for all', { data: three, le: 0 }, '03A1B2C300'],
    ['with data, asking for 257', { data: three, le: 257 }, '000003A1B2C30101'],
    ['with 256 bytes of data', { data: long }, `000100${'A5'.repeat(256)}`],
    ['with 256 bytes of data, asking for all', { data: long, le: 0 }, `000100${'A5'.repeat(256)}0000`],
  ])('%s', (_, command, body) => {
    expect(hex(command)).toBe(`80AE4000${body}`);
  });

  const byte = fc.nat({ max: 255 });
  const command = fc.record(
    {
      cla: byte,
      ins: byte,
      p1: byte,
      p2: byte,
      data: fc.oneof(
        fc.uint8Array({ minLength: 1, maxLength: 255 }),
        fc.uint8Array({ minLength: 250, maxLength: 600 }),
      ),
      le: fc.oneof(byte, fc.integer({ min: 257, max: 65_536 })),
    },
    { requiredKeys: ['cla', 'ins', 'p1', 'p2'] },
  );

  it('decodes to what was encoded, its data a view', () => {
    fc.assert(
      fc.property(command, (original) => {
        const bytes = encodeCommand(original);
        const decoded = decodeCommand(bytes);
        const isExtended = (original.data?.length ?? 0) > 255 || (original.le ?? 0) > 256;
        const le = isExtended && original.le === 0 ? 65_536 : original.le;
        expect(decoded).toEqual(le === undefined ? original : { ...original, le });
        expect(toHex(encodeCommand(decoded))).toBe(toHex(bytes));
        if (decoded.data !== undefined) expect(decoded.data.buffer).toBe(bytes.buffer);
      }),
      { numRuns: 500 },
    );
  });

  it('decodes, or is refused with an ApduError, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 20 }), (bytes) => {
        try {
          decodeCommand(bytes);
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(ApduError);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('of the longest data there are is encoded, a longer one refused', () => {
    expect(encodeCommand({ cla: 0, ins: 0xd6, p1: 0, p2: 0, data: new Uint8Array(65_535), le: 65_536 })).toHaveLength(
      4 + 3 + 65_535 + 2,
    );
    expect(error(() => hex({ data: new Uint8Array(65_536) }))).toEqual(['command-data-too-long', 65_536]);
  });

  it.each<[string, number]>([
    ['', 0],
    ['00A404', 3],
  ])('is too short: "%s"', (bytes, length) => {
    expect(error(() => decodeCommand(fromHex(bytes)))).toEqual(['command-too-short', length]);
  });

  it.each(['00A4040003A0', '00A4040001A00000', '00A404000000', '00A40400000002A0', '00A404000000010102030400'])(
    'has lengths that do not agree: %s',
    (bytes) => {
      expect(error(() => decodeCommand(fromHex(bytes)))).toEqual(['command-length-wrong', bytes.length / 2]);
    },
  );

  it.each<[Partial<Command>, number]>([
    [{ cla: 256 }, 256],
    [{ ins: -1 }, -1],
    [{ p1: 1.5 }, 1.5],
    [{ p2: Number.NaN }, Number.NaN],
    [{ le: 65_537 }, 65_537],
    [{ le: -1 }, -1],
  ])('has a byte out of range: %o', (part, value) => {
    expect(error(() => hex(part))).toEqual(['command-byte-out-of-range', value]);
  });
});

describe('the commands of the flow', () => {
  it.each<[string, Command, string, string]>([
    ['the PPSE', select(Buffer.from('2PAY.SYS.DDF01')), 'SELECT', '00A404000E325041592E5359532E444446303100'],
    ['the next application', select(fromHex('A000000333'), 'next'), 'SELECT', '00A4040205A00000033300'],
    ['without a PDOL', getProcessingOptions(new Uint8Array(0)), 'GET PROCESSING OPTIONS', '80A8000002830000'],
    [
      'with a PDOL of 128 bytes',
      getProcessingOptions(new Uint8Array(128)),
      'GET PROCESSING OPTIONS',
      `80A80000838381 80${'00'.repeat(128)}00`.replace(' ', ''),
    ],
    ['a record', readRecord(30, 255), 'READ RECORD', '00B2FFF400'],
    ['a tag of two bytes', getData('9F79'), 'GET DATA', '80CA9F7900'],
    ['a tag of one byte', getData('5A'), 'GET DATA', '80CA005A00'],
    ['17 waiting bytes', getResponse(17), 'GET RESPONSE', '00C0000011'],
  ])('%s', (_, command, name, expected) => {
    expect(toHex(encodeCommand(command))).toBe(expected);
    expect(commandName(command)).toBe(name);
    expect(commandName(decodeCommand(fromHex(expected)))).toBe(name);
  });

  it('have names that depend on the class where two share an instruction', () => {
    expect(commandName({ cla: 0x80, ins: 0xe2 })).toBe('STORE DATA');
    expect(commandName({ cla: 0x04, ins: 0xe2 })).toBe('APPEND RECORD');
    expect(commandName({ cla: 0x84, ins: 0xde })).toBe('UPDATE CAPP DATA CACHE');
    expect(commandName({ cla: 0x00, ins: 0xae })).toBe('INS AE');
    expect(commandName({ cla: 0x00, ins: 0x0f })).toBe('INS 0F');
  });
});
