import { expect, it } from 'vitest';
import { dayAfter, isDay, weekdayOf, weekOf } from '../../src/calendar/day.js';

it('knows the days that there are', () => {
  expect(['2016-02-29', '2000-02-29', '2015-12-31'].map(isDay)).toEqual([true, true, true]);
  const others = ['2015-02-29', '1900-02-29', '2015-02-30', '2015-13-01', '2015-2-1', '2015-10-03T00:00Z', '', '0'];
  expect(others.filter(isDay)).toEqual([]);
});

it('counts days over the ends of months, years and leap years', () => {
  expect(dayAfter('2015-12-31')).toBe('2016-01-01');
  expect(dayAfter('2016-02-28')).toBe('2016-02-29');
  expect(dayAfter('2016-03-01', -1)).toBe('2016-02-29');
  expect(dayAfter('2015-10-03', 0)).toBe('2015-10-03');
  expect(dayAfter('2015-03-01', 366)).toBe('2016-03-01');
});

it('begins weeks on Monday', () => {
  expect(weekdayOf('2015-10-04')).toBe('sunday');
  expect(['2015-09-28', '2015-10-04', '2015-10-05'].map(weekOf)).toEqual(['2015-09-28', '2015-09-28', '2015-10-05']);
});
