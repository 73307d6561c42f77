import { describe, expect, test } from 'vitest';
import { fromHex, toHex } from '../../emv/bytes.js';
import { decodeAnswerToReset } from '../../emv/index.js';
import { answerToResetOf, type Front, PLAIN_ANSWER_TO_SELECT, readerModels } from '../../simulator/index.js';
import { readerKindOf, readReaderName } from '../../src/readers/index.js';
import kinds from '../../src/readers/reader-kinds/reader-kinds.json';

describe('a reader by its name', () => {
  test.each([
    ['ACS ACR122U PICC Interface 00 00', 'ACR122U', 'contactless'],
    ['ACS ACR122U 00 00', 'ACR122U', 'contactless'],
    ['ACS ACR1252 1S CL Reader [ACR1252 Dual Reader PICC] 00 00', 'ACR1252U', 'contactless'],
    ['ACS ACR1281 1S Dual Reader 00 01', 'ACR1281U', undefined],
    ['HID Global OMNIKEY 5022 Smart Card Reader 0', 'HID OMNIKEY contactless', 'contactless'],
    ['OMNIKEY CardMan 5x21-CL 0', 'HID OMNIKEY contactless', 'contactless'],
    ['HID Global OMNIKEY 3x21 Smart Card Reader 00 00', 'HID OMNIKEY', undefined],
    ['Identiv uTrust 3700 F CL Reader 00 00', 'Identiv contactless', 'contactless'],
    ['SCM Microsystems Inc. SCL011 Contactless Reader 00 00', 'Identiv contactless', 'contactless'],
    ['Gemalto PC Twin Reader 00 00', 'unknown', undefined],
    ['Cherry GmbH SmartTerminal ST-2xxx Smart Card Reader 00 00', 'contact reader', 'contact'],
  ])('%s is a %s', (name, kind, side) => {
    expect(readerKindOf(name)).toMatchObject({ kind, ...(side && { interface: side }) });
  });

  test.each([
    ['ACS ACR1281 1S Dual Reader 00 01', 'ACS ACR1281 1S Dual Reader 00', 1],
    ['Front virtual reader 0A 0F', 'Front virtual reader 0A', 15],
    ['HID Global OMNIKEY 5022 Smart Card Reader 0', 'HID Global OMNIKEY 5022 Smart Card Reader 0', 0],
    ['Reader', 'Reader', 0],
  ])('%s is slot %s of its device', (name, device, slot) => {
    expect(readReaderName(name)).toEqual({ device, slot });
  });

  test('what is known of each kind can be sent', () => {
    for (const { kind, name, commands = {}, signals } of kinds as readonly {
      kind: string;
      name: string;
      commands?: object;
      signals?: { approved: object[]; declined: object[] };
    }[]) {
      expect(() => new RegExp(name)).not.toThrow();
      for (const step of [...Object.values(commands), ...(signals ? [...signals.approved, ...signals.declined] : [])]) {
        const bytes = fromHex(step.transmit ?? step.control);
        expect(bytes[0], `${kind}: ${toHex(bytes)}`).toBe(step.transmit ? 0xff : 0xe0);
        if (bytes.length > 5) expect(bytes.length).toBe(5 + bytes[4]!);
      }
    }
  });
});

describe('the virtual ACR122U', () => {
  const card = { uid: fromHex('04112233445566'), ats: fromHex('0A788070026563686F21') };
  const make = () => {
    const seen: Front[] = [];
    return { seen, reader: readerModels.acr122.create(card, (front) => seen.push(front)) };
  };

  test.each([
    ['FFCA000000', '041122334455669000'],
    ['FFCA000007', '041122334455669000'],
    ['FFCA000004', '6C07'],
    ['FFCA010000', '0A788070026563686F219000'],
    ['FFCA020000', '6A81'],
    ['FF00480000', toHex(new TextEncoder().encode('ACR122U201'))],
    ['FF00500000', '90FF'],
    ['FF00512100', '9021'],
    ['FF0052FF00', '9000'],
    ['FF00520000', '9000'],
    ['FF00520100', '6300'],
    ['FF0040000400000000', '9000'],
    ['FF00400E', '6300'],
    ['FF00770000', '6300'],
    ['FFB0000010', '6300'],
  ])('answers %s with %s', (command, response) => {
    expect(toHex(make().reader.transmit(fromHex(command))!)).toBe(response);
  });

  test('hands on what is for the card', () => {
    expect(make().reader.transmit(fromHex('00A4040000'))).toBeUndefined();
  });

  test('keeps its parameter, and its lamps where their masks leave them alone', () => {
    const { reader, seen } = make();
    const ask = (command: string) => toHex(reader.transmit(fromHex(command))!);
    ask('FF00511100');
    expect(ask('FF00500000')).toBe('9011');
    expect(ask('FF00400E0401000101')).toBe('9002');
    expect(ask('FF0040050400000000')).toBe('9003');
    expect(ask('FF0040040400000000')).toBe('9002');
    expect(ask('FF0040000401010203')).toBe('9002');
    expect(ask('FF0040000400010302')).toBe('9002');
    expect(ask('FF0040000400010301')).toBe('9002');
    expect(seen).toEqual([
      { green: true, red: false, beeps: 1 },
      { green: true, red: true, beeps: 1 },
      { green: true, red: false, beeps: 1 },
      { green: true, red: false, beeps: 3 },
      { green: true, red: false, beeps: 6 },
    ]);
  });
});

describe('the answer to reset that a reader makes up', () => {
  test.each([
    [toHex(PLAIN_ANSWER_TO_SELECT), '3B80800101'],
    ['0A788070026563686F21', '3B8580016563686F2124'],
    ['0578807002', '3B80800101'],
    ['0200', '3B80800101'],
    ['0320FF', '3B80800101'],
    ['0400A1A2', '3B828001A1A200'],
  ])('for the answer to select %s', (ats, answer) => {
    const made = answerToResetOf(fromHex(ats));
    const { check } = decodeAnswerToReset(made);
    expect(check!.value).toBe(check!.expected);
    expect(toHex(made)).toBe(answer);
  });
});
