import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, readIssuerApplicationData, toHex, ValueError } from '../../../emv/index.js';

const read = (hex: string) => readIssuerApplicationData(fromHex(hex));
const results = (cvr: string) => read(`07010103${cvr}01`).cardVerificationResults;
const set = (cvr: string) =>
  Object.entries(results(cvr))
    .filter(([, value]) => value === true)
    .map(([name]) => name);

describe('issuer application data', () => {
  it('reads a recorded tap with its balance', () => {
    const data = read('07010103A00000010A010000038787868FD1FC');
    expect(data).toMatchObject({ keyDerivationIndex: 1, cryptogramVersion: '01', algorithm: '3des' });
    expect(data.cardVerificationResults.cryptogramType).toBe('ARQC');
    expect(data.cardVerificationResults).not.toHaveProperty('secondCryptogramType');
    expect(data.discretionaryData).toMatchObject({ kind: 1, amounts: { electronicCashBalance: 38787 } });
    expect(toHex(data.discretionaryData!.messageAuthenticationCode!)).toBe('868FD1FC');
  });

  it.each([
    ['900000', 'TC', undefined, []],
    ['A00000', 'ARQC', undefined, []],
    ['802000', 'AAC', undefined, ['countersExceeded']],
    ['A01000', 'ARQC', undefined, ['newCard']],
    ['804000', 'AAC', undefined, ['pinTriesExceeded']],
    ['640400', 'ARQC', 'TC', ['issuerAuthenticationNotPerformed', 'offlinePinPerformed']],
    ['650000', 'ARQC', 'TC', ['offlinePinPerformed', 'unableToGoOnline']],
    [
      '20000F',
      'ARQC',
      'AAC',
      ['dynamicDataAuthenticationFailedLast', 'dynamicDataAuthenticationPerformed', 'scriptFailed'],
    ],
  ])('reads CVR %s', (cvr, first, second, names) => {
    const { cryptogramType, secondCryptogramType } = results(cvr);
    expect([cryptogramType, secondCryptogramType]).toEqual([first, second]);
    expect(set(cvr).sort()).toEqual([...names].sort());
  });

  it('counts scripts', () => expect(results('900050').scriptCommands).toBe(5));

  it.each([
    ['01', { electronicCashBalance: 12 }, 1],
    ['02', { cumulativeTotalTransactionAmount: 12 }, 1],
    ['03', { electronicCashBalance: 12, cumulativeTotalTransactionAmount: 34 }, 2],
    ['04', { cumulativeTotalTransactionAmount: 12, cumulativeTotalTransactionAmountLimit: 34 }, 2],
    ['05', { availableOfflineSpendingAmount: 12 }, 1],
  ])('reads discretionary data of kind %s', (kind, amounts, count) => {
    const content = `${kind}0000000012${count === 2 ? '0000000034' : ''}AABBCCDD`;
    const length = (content.length / 2).toString(16).padStart(2, '0');
    const { discretionaryData } = read(`0701170390000004${length}${content}`);
    expect(discretionaryData!.amounts).toEqual(amounts);
    expect(toHex(discretionaryData!.messageAuthenticationCode!)).toBe('AABBCCDD');
  });

  it('takes the issuer’s own discretionary data as it stands', () => {
    expect(read('0701010390000001020177').discretionaryData).toMatchObject({ kind: 1, amounts: {} });
    expect(read('07010103900000010199').discretionaryData).toMatchObject({ kind: 0x99, amounts: {} });
    expect(read('070101039000000100').discretionaryData).toEqual({ amounts: {}, bytes: new Uint8Array(0) });
    expect(read('0701010390000009').algorithm).toBe('unknown');
  });

  it.each([
    ['', 'value-wrong-length', 0],
    ['07010103900000', 'value-wrong-length', 7],
    ['0701010390000001'.padEnd(66, '0'), 'value-wrong-length', 32],
    ['06011203A0A00000', 'iad-layout-unknown', 0],
    ['07010104A0A00000', 'iad-layout-unknown', 3],
    ['07010103B0000001', 'iad-cryptogram-type-reserved', 4],
    ['07010103D0000001', 'iad-cryptogram-type-reserved', 4],
    ['07010103900000010A01000000', 'iad-discretionary-data-invalid', 8],
    ['07010103900000010A01000A000012AABBCCDD', 'iad-discretionary-data-invalid', 10],
  ])('refuses %s: %s at %i', (hex, code, offset) => {
    expect(() => read(hex)).toThrow(expect.objectContaining({ code, offset, tag: '9F10' }));
  });

  it('refuses with a ValueError or reads, whatever the bytes', () => {
    const bytes = fc
      .tuple(fc.constant([7, 1, 1, 3]), fc.uint8Array({ maxLength: 28 }))
      .map(([head, tail]) => Uint8Array.from([...head, ...tail]));
    fc.assert(
      fc.property(fc.oneof(bytes, fc.uint8Array({ maxLength: 40 })), (value) => {
        try {
          readIssuerApplicationData(value);
        } catch (error) {
          expect(error).toBeInstanceOf(ValueError);
        }
      }),
    );
  });
});
