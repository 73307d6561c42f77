import { describe, expect, test } from 'vitest';
import { fromHex, toHex } from '../../../../emv/bytes.js';
import { getOptions } from '../../../../emv/kernel/qpboc/get-processing-options.js';
import { converse, DEBIT, dataMap, issuerData, OFFLINE_DATA, object, options, TRACK_2 } from './card-script.js';

const PDOL = '9F66049F02069F03069F1A0295055F2A029A039C019F3704';

/** A card that answers GET PROCESSING OPTIONS with a line of hex, the status word behind a space where it is not 9000. */
function ask(line: string | undefined, list = PDOL, terminal: Record<string, string> = {}) {
  const application = {
    applicationIdentifier: fromHex(DEBIT),
    processingOptionsDataObjectList: fromHex(list),
    data: new Map<string, Uint8Array>(),
  };
  const [data = '', statusWord = '9000'] = line?.split(' ') ?? [];
  return converse(getOptions(application, dataMap({ ...OFFLINE_DATA, '9F37': '01020304', ...terminal })), () =>
    line === undefined ? undefined : fromHex(data + statusWord),
  );
}

describe('the command', () => {
  test('carries what the PDOL asks for, in its order, in template 83', () => {
    expect(ask(options()).commands).toEqual([
      '80A8000023832128000080000000000200000000000000015600000000000156160104000102030400',
    ]);
  });

  test.each([
    ['what the terminal does not know is zeros', '9F6604DF7703', {}, '80A80000098307280000800000' + '0000'],
    ['DF69 is zeros without the algorithms of part 17', '9F6604DF6901', {}, '80A80000078305280000800000'],
    ['DF69 is what the terminal says', '9F6604DF6901', { DF69: '01' }, '80A80000078305280000800100'],
    ['DF60 is what the terminal says', '9F6604DF6001', { DF60: '02' }, '80A80000078305280000800200'],
    ['an amount keeps its right end', '9F66049F0204', {}, '80A800000A8308280000800000020000'],
    ['an amount grows to the left', '9F66049F0208', {}, '80A800000E830C28000080000000000000020000'],
    ['other values are cut at the right', '9F6602', {}, '80A80000048302280000'],
  ])('%s', (_, list, terminal, command) => {
    expect(ask(options(), list, terminal).commands).toEqual([command]);
  });

  test('252 bytes are the most that a short command holds', () => {
    expect(ask(options(), '9F6604DF77F8').commands[0]).toMatch(/^80A80000FF8381FC/);
    const beyond = ask(options(), '9F6604DF77F9');
    expect(beyond.outcome).toMatchObject({ outcome: 'terminated', reason: 'answer-invalid', tag: '9F38' });
    expect(beyond.commands).toEqual([]);
  });
});

describe('every status word but 9000 asks for another interface', () => {
  test.each(['6985', '6984', '6283', '6300', '6A80', '6A86', '6581', '6D00', '6E00', '9001'])('%s', (statusWord) => {
    expect(ask(` ${statusWord}`).outcome).toMatchObject({
      outcome: 'terminated',
      reason: 'processing-options-refused',
      statusWord: Number.parseInt(statusWord, 16),
      tryAnotherInterface: true,
    });
  });

  test('also with data', () => {
    expect(ask(`${options()} 6283`).outcome).toMatchObject({ reason: 'processing-options-refused' });
  });
});

test('no answer: the same card may be presented again', () => {
  expect(ask(undefined).outcome).toMatchObject({
    outcome: 'terminated',
    reason: 'card-removed',
    tryAnotherInterface: false,
  });
});

describe('the cryptogram type stands in bits 6 and 5 of the fifth byte of 9F10', () => {
  test.each([
    ['00', 0x80, 'application-authentication'],
    ['01', 0x90, 'transaction-certificate'],
    ['10', 0xa0, 'authorisation-request'],
    ['01, whatever stands beside', 0xdf, 'transaction-certificate'],
  ])('%s', (_, byte, cryptogramType) => {
    const issuerApplicationData = `07010103${byte.toString(16)}0000010A01000001000023D818E5`;
    expect(ask(options({ '9F10': issuerApplicationData })).outcome).toMatchObject({
      ok: true,
      value: { cryptogramType },
    });
  });

  test('11 does not exist', () => {
    expect(ask(options({ '9F10': issuerData(3) })).outcome).toMatchObject({
      outcome: 'terminated',
      reason: 'cryptogram-type-unknown',
    });
  });

  test('9F27 does not count', () => {
    const { outcome } = ask(options({ '9F27': '00' }));
    expect(outcome).toMatchObject({ ok: true, value: { cryptogramType: 'transaction-certificate' } });
  });
});

describe('mandatory data', () => {
  test.each(['82', '9F36', '9F10', '9F26'])('%s with every answer', (tag) => {
    for (const type of [0, 1, 2]) {
      const values = { '9F10': issuerData(type), [tag]: undefined };
      expect(ask(options(values)).outcome).toMatchObject({
        outcome: 'terminated',
        reason: 'mandatory-data-missing',
        tag,
        tryAnotherInterface: false,
      });
    }
    expect(ask(options({ [tag]: '' })).outcome).toMatchObject({ reason: 'mandatory-data-missing', tag });
  });

  test('94 with a TC', () => {
    expect(ask(options({ '94': undefined })).outcome).toMatchObject({ reason: 'mandatory-data-missing', tag: '94' });
    expect(ask(options({ '94': '' })).outcome).toMatchObject({ reason: 'mandatory-data-missing', tag: '94' });
  });

  test('57 with ARQC and AAC; with a TC it may stand in a signed record', () => {
    for (const type of [0, 2]) {
      const values = { '9F10': issuerData(type), '94': undefined, '57': undefined };
      expect(ask(options(values)).outcome).toMatchObject({ reason: 'mandatory-data-missing', tag: '57' });
    }
    expect(ask(options({ '57': undefined })).outcome.ok).toBe(true);
  });

  test.each([
    ['82', '20'],
    ['82', '200000'],
    ['9F36', '01'],
    ['9F26', '11223344556677'],
    ['9F10', '07010103'],
  ])('%s of another length cannot be read: %s', (tag, value) => {
    expect(ask(options({ [tag]: value })).outcome).toMatchObject({ reason: 'answer-invalid', tag });
  });

  test('what only contact needs may be missing', () => {
    expect(ask(options({ '5F34': undefined, '9F6C': undefined })).outcome.ok).toBe(true);
  });

  test('a file locator beside an ARQC is no reason to refuse', () => {
    expect(ask(options({ '9F10': issuerData(2) })).outcome.ok).toBe(true);
  });
});

describe('the answer', () => {
  test('format 2 holds its objects in any order, with padding between them', () => {
    const objects = [
      ['9F26', '1122334455667788'],
      ['57', TRACK_2],
      ['9F10', issuerData(2)],
      ['9F36', '0001'],
    ] as const;
    const answer = object(
      '77',
      '0000',
      ...objects.map(([tag, value]) => `${object(tag, value)}00`),
      object('82', '2000'),
    );
    expect(ask(`${answer}00`).outcome).toMatchObject({ ok: true, value: { cryptogramType: 'authorisation-request' } });
  });

  test('format 1 holds profile and locator only, which is not enough for qPBOC', () => {
    expect(ask(object('80', '7C0008010100')).outcome).toMatchObject({ reason: 'mandatory-data-missing', tag: '9F36' });
    expect(ask(object('80', '7C00')).outcome).toMatchObject({ reason: 'mandatory-data-missing', tag: '9F36' });
    expect(ask(object('80', '7C')).outcome).toMatchObject({ reason: 'answer-invalid', tag: '80' });
  });

  test.each([
    ['nothing', ''],
    ['another template', object('70', object('82', '2000'))],
    ['two templates', `${options()}${options()}`],
    ['a cut object', '7704820220'],
  ])('%s cannot be read', (_, line) => {
    expect(ask(line).outcome).toMatchObject({ outcome: 'terminated', reason: 'answer-invalid', tag: '77' });
  });

  test('a data object twice with two values: nobody could tell which one counts', () => {
    const twice = (value: string) => object('77', options().slice(4), object('9F36', value));
    expect(ask(twice('0002')).outcome).toMatchObject({ outcome: 'terminated', reason: 'data-conflict', tag: '9F36' });
    expect(ask(twice('0001')).outcome.ok).toBe(true);
  });

  test('what it says is the card data', () => {
    const { outcome } = ask(options({ '9F6C': '2000' }));
    expect(outcome.ok && toHex(outcome.value.card.get('9F6C')!)).toBe('2000');
  });
});
