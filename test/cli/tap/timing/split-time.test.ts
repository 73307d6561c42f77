import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromHex } from '../../../../emv/index.js';
import { compareLimits } from '../../../../src/cli/tap/timing/compare-limits.js';
import { splitTime } from '../../../../src/cli/tap/timing/split-time.js';
import type { TimedExchange } from '../../../../src/cli/tap/timing/timed-exchange.js';

const PPSE = fromHex('00A404000E325041592E5359532E444446303100');
const GPO = fromHex('80A8000002830000');

const exchange = (command: Uint8Array, at: number, cardUs: number, readerUs: number): TimedExchange => ({
  name: 'any',
  command,
  at,
  elapsedUs: cardUs + readerUs,
  cardUs,
  readerUs,
});

test('the terminal has the time between an answer and the next command', () => {
  const timing = splitTime([exchange(PPSE, 0.5, 2000, 100), exchange(GPO, 4, 30_000, 200)], 'software-card', {
    decisionUs: 5000,
    keptUs: 700,
  });
  expect(timing.commands).toMatchObject([
    { title: 'SELECT PPSE', startUs: 0, terminalUs: 500, elapsedUs: 2100 },
    { title: 'GET PROCESSING OPTIONS', startUs: 2600, terminalUs: 1400, elapsedUs: 30_200 },
  ]);
  expect(timing).toMatchObject({ cardUs: 32_000, readerUs: 300, terminalUs: 1900, fieldUs: 34_200, holderUs: 39_900 });
  expect(timing.slowest).toBe(1);
});

/** Waits of the terminal and times of card and reader, in microseconds. */
const pieces = fc.array(fc.tuple(fc.nat(50_000), fc.nat(500_000), fc.nat(20_000)), { maxLength: 20 });

test('no microsecond is lost and none is counted twice', () => {
  fc.assert(
    fc.property(pieces, fc.nat(100_000), fc.nat(100_000), (times, decisionUs, keptUs) => {
      let clockUs = 0;
      const exchanges = times.map(([waitUs, cardUs, readerUs]) => {
        const at = (clockUs + waitUs) / 1000;
        clockUs += waitUs + cardUs + readerUs;
        return exchange(GPO, at, cardUs, readerUs);
      });
      const { cardUs, fieldUs, holderUs, readerUs, terminalUs } = splitTime(exchanges, 'software-card', {
        decisionUs,
        keptUs,
      });
      expect(fieldUs).toBe(clockUs);
      expect(cardUs! + readerUs! + terminalUs).toBe(fieldUs);
      expect(holderUs).toBe(fieldUs + decisionUs + keptUs);
    }),
  );
});

test('one command of which the card’s time is not known leaves the sum unknown, not too small', () => {
  const { cardUs: _, readerUs: __, ...unknown } = exchange(GPO, 3, 1000, 0);
  const timing = splitTime([exchange(PPSE, 0, 2000, 100), unknown], 'card-with-reader', {});
  expect(timing).toMatchObject({ elapsedUs: 3100, fieldUs: 4000, holderUs: 4000 });
  expect([timing.cardUs, timing.readerUs, timing.decisionUs]).toEqual([undefined, undefined, undefined]);
});

test('a tap without a command has no slowest one', () => {
  expect(splitTime([], 'software-card', {})).not.toHaveProperty('slowest');
});

test('the standard limits what the card waits, the gate what its holder waits, up to the last microsecond', () => {
  const timing = splitTime([exchange(GPO, 0, 300_000, 0)], 'software-card', { decisionUs: 1 });
  expect(compareLimits(timing)).toMatchObject([
    { limit: 'field', limitUs: 500_000, tookUs: 300_000, isWithin: true },
    { limit: 'gate', limitUs: 300_000, tookUs: 300_001, isWithin: false },
  ]);
  const exact = splitTime([exchange(GPO, 0, 500_000, 0)], 'software-card', {});
  expect(compareLimits(exact, 500).map(({ isWithin }) => isWithin)).toEqual([true, true]);
});
