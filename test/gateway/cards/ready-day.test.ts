import { expect, it } from 'vitest';
import { dayAfter, weekOf } from '../../../src/calendar/day.js';
import { readyDay } from '../../../src/gateway/cards/ready-day.js';

it.each([
  ['over a weekend', '2015-08-26', '2015-09-07', 'the parade’s days off, and the Sunday that is worked instead'],
  ['over National Day', '2015-09-28', '2015-10-13', 'seven days off, and the Saturday that is worked instead'],
  ['over New Year', '2015-12-28', '2016-01-07', 'two years of the calendar'],
])('%s: ordered on %s, ready on %s', (_what, from, day) => {
  expect(readyDay('china', from, 7)).toEqual({ day, isAssumed: false });
});

it('counts weekends alone, and says so, where the calendar does not reach', () => {
  expect(readyDay('china', '2016-12-30', 7)).toEqual({ day: '2017-01-10', isAssumed: true });
  expect(readyDay('china', '2026-03-02', 7)).toEqual({ day: '2026-03-11', isAssumed: true });
  expect(readyDay('china', '2026-03-02', 0)).toEqual({ day: '2026-03-02', isAssumed: false });
});

it('never has another card ready in the week of the order, so that no quota of a week is had twice', () => {
  for (let day = '2015-01-01'; day < '2017-01-01'; day = dayAfter(day)) {
    expect(weekOf(readyDay('china', day, 7).day) > weekOf(day), day).toBe(true);
  }
});
