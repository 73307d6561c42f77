import { expect, test } from 'vitest';
import { localTime } from '../../../src/terminal/tap/local-time.js';

test("an instant is told in the terminal's own time, on the terminal's own day", () => {
  const at = new Date('2015-12-31T16:30:05.999Z');
  expect(localTime(at, 480)).toEqual({ instant: '2016-01-01T00:30:05+08:00', date: '2016-01-01', time: '00:30:05' });
  expect(localTime(at, -210).instant).toBe('2015-12-31T13:00:05-03:30');
  expect(localTime(at, 0).instant).toBe('2015-12-31T16:30:05+00:00');
  for (const offset of [-210, 0, 330, 480]) {
    expect(Date.parse(localTime(at, offset).instant)).toBe(Math.floor(at.getTime() / 1000) * 1000);
  }
});
