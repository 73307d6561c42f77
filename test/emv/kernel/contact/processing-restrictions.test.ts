import { expect, test } from 'vitest';
import { type CardLines, marks, play, terminal } from './contact-card.js';

/** Byte 2 of 95 (JR/T 0025.6-2013 7.6). */
test.each<[string, CardLines['data'], Record<string, string | undefined>, string]>([
  ['all well', {}, {}, '00'],
  ['another version', { '9F08': '0020' }, {}, '80'],
  ['no version of the card', { '9F08': undefined }, {}, '00'],
  ['no version of the terminal', {}, { '9F09': undefined }, '00'],
  ['expired yesterday', { '5F24': '160103' }, {}, '40'],
  ['expires today', { '5F24': '160104' }, {}, '00'],
  ['expired in the last century', { '5F24': '991231' }, {}, '40'],
  ['effective tomorrow', { '5F25': '160105' }, {}, '20'],
  ['effective today', { '5F25': '160104' }, {}, '00'],
  ['effective since the last century', { '5F25': '990101' }, {}, '00'],
  ['goods and services not allowed at home', { '9F07': 'D7C0' }, {}, '10'],
  ['no usage control', { '9F07': undefined }, {}, '00'],
  ['no country of the issuer', { '9F07': '0100', '5F28': undefined }, {}, '00'],
  ['not at other terminals than ATMs', { '9F07': 'FEC0' }, {}, '10'],
  ['not abroad', { '9F07': 'ABC0' }, { '9F1A': '0840' }, '10'],
  ['all at once', { '9F08': '0020', '5F24': '160103', '5F25': '160105', '9F07': '0000' }, {}, 'F0'],
])('%s', (_, data, atTerminal, expected) => {
  expect(marks(play({ data }, {}, terminal(atTerminal))).tvr.slice(2, 4)).toBe(expected);
});
