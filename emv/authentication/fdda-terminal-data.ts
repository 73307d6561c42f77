import { concat, decodeBinary } from '../bytes.js';
import type { DataMap } from '../tlv/index.js';
import { done, refuse, type Step } from './oda-result.js';

export type FddaVersion = '00' | '01';

/** Tags that enter the signature, with the lengths that they may have. */
const signedValues: Readonly<Record<FddaVersion, readonly (readonly [tag: string, min: number, max: number])[]>> = {
  '00': [['9F37', 4, 4]],
  '01': [
    ['9F37', 4, 4],
    ['9F02', 6, 6],
    ['5F2A', 2, 2],
    ['9F69', 8, 16],
  ],
};

/** Application version number of the edition that brought version 01. */
const EDITION_2013 = 0x0030;

/**
 * The terminal's part of what fDDA signs: version 00 the unpredictable number; version 01 also amount, currency and
 * the card authentication data (JR/T 0025.12-2013 annex B). `undefined` where a value is missing or has another length.
 */
export function fddaTerminalData(version: FddaVersion, data: DataMap): Uint8Array | undefined {
  const values = terminalData(version, data);
  return values.ok ? values.value : undefined;
}

function terminalData(version: FddaVersion, data: DataMap): Step<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (const [tag, min, max] of signedValues[version]) {
    const value = data.get(tag);
    if (value === undefined || value.length < min || value.length > max) {
      return refuse('fdda-data-missing', { tag, expected: min, found: value?.length ?? 0 });
    }
    parts.push(value);
  }
  return done(concat(...parts));
}

/**
 * The same with the version that terminal and card agreed upon: 01 where the terminal asked for it (9F66 byte 4 bit 8)
 * and the card gave 9F69, else 00. A card of the 2013 edition (9F08 from 0030 on) may not fall back to 00
 * (JR/T 0025.12-2013 7.6, annex B).
 */
export function agreedTerminalData(data: DataMap): Step<Uint8Array> {
  const qualifiers = data.get('9F66');
  if (qualifiers?.length !== 4) {
    return refuse('fdda-data-missing', { tag: '9F66', expected: 4, found: qualifiers?.length ?? 0 });
  }
  if ((qualifiers[3]! & 0x80) === 0) return terminalData('00', data);
  const cardAuthenticationData = data.get('9F69');
  if (cardAuthenticationData === undefined) {
    return decodeBinary(data.get('9F08') ?? new Uint8Array()) >= EDITION_2013
      ? refuse('fdda-version-downgrade')
      : terminalData('00', data);
  }
  return cardAuthenticationData[0] === 0x01
    ? terminalData('01', data)
    : refuse('fdda-version-unknown', {
        expected: Uint8Array.of(0x01),
        found: cardAuthenticationData.subarray(0, 1),
      });
}
