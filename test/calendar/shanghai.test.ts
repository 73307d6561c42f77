import { expect, it } from 'vitest';
import {
  shanghaiDay,
  shanghaiInstant,
  shanghaiMonth,
  shanghaiTerminalTime,
  shanghaiYear,
} from '../../src/calendar/shanghai.js';

const lastSecond = Date.parse('2015-12-31T15:59:59Z');
const midnight = lastSecond + 1000;

it('turns days, months and years at midnight in Shanghai', () => {
  expect([lastSecond, midnight].map(shanghaiDay)).toEqual(['2015-12-31', '2016-01-01']);
  expect([lastSecond, midnight].map(shanghaiMonth)).toEqual(['2015-12', '2016-01']);
  expect([lastSecond, midnight].map(shanghaiYear)).toEqual([2015, 2016]);
});

it('tells an instant as its clocks do', () => {
  expect(shanghaiInstant(midnight)).toBe('2016-01-01T00:00:00.000+08:00');
  expect(Date.parse(shanghaiInstant(lastSecond))).toBe(lastSecond);
  expect(shanghaiTerminalTime(lastSecond)).toEqual({ date: '151231', time: '235959' });
});

it('agrees with the time zone as the system knows it', () => {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Asia/Shanghai',
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  for (
    let ms = Date.parse('1992-01-01T00:00Z');
    ms < Date.parse('2040-01-01T00:00Z');
    ms += 40 * 86_400_000 + 3_599_000
  ) {
    expect(shanghaiInstant(ms).slice(0, 19)).toBe(format.format(ms).replace(' ', 'T'));
  }
});
