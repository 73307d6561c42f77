import { expect, test } from 'vitest';
import { parseInstant } from '../../../src/cli/options/instant.js';

test.each([
  ['2016-01-05T08:00:30+08:00', '2016-01-05T00:00:30.000Z'],
  ['2016-01-05T08:00:30', '2016-01-05T00:00:30.000Z'],
  ['2016-01-05T08:00', '2016-01-05T00:00:00.000Z'],
  ['2016-01-05T08:00Z', '2016-01-05T08:00:00.000Z'],
  ['2016-01-05T08:00-01:00', '2016-01-05T09:00:00.000Z'],
])('%s is %s', async (text, instant) => {
  expect((await parseInstant(text)).toISOString()).toBe(instant);
});

test.each(['2016-01-05', '2016-02-30T08:00', '2016-01-05T24:00', '2016-01-05T08', 'yesterday'])(
  '%s is none',
  async (text) => {
    await expect(parseInstant(text)).rejects.toMatchObject({ code: 'instant-invalid' });
  },
);
