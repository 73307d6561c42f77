import { afterAll, bench, describe } from 'vitest';
import { buildProgram } from '../../support/build-program.js';
import { once } from '../once.js';
import { ridesOfDays } from './many-rides.js';

const CARDS = 200;
const TAPS = 1000;
const ROUNDS = { warm: 20, counted: 30 } as const;

const program = await buildProgram('test/bench/gateway/examined-taps.ts');
afterAll(program.remove);
const { bareExamination, examine }: typeof import('./examined-taps.js') = await import(program.path);
const texts = (await ridesOfDays(CARDS, TAPS / CARDS)).map((tap) => JSON.stringify(tap));

/** Processor time of a tap, in µs. */
function timeOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / TAPS;
}

const middleOf = (times: readonly number[]): number =>
  times.toSorted((left, right) => left - right)[times.length >> 1]!;

function compare(certificates: 'open' | 'new'): void {
  const works = [() => examine(texts, certificates), bareExamination(texts, certificates)];
  const times = works.map((): number[] => []);
  for (let round = 0; round < ROUNDS.warm + ROUNDS.counted; round++) {
    for (const [index, work] of works.entries()) {
      const time = timeOf(work);
      if (round >= ROUNDS.warm) times[index]!.push(time);
    }
  }
  const [whole, bare] = times.map(middleOf) as [number, number];
  console.log(
    `certificates ${certificates}: ${whole.toFixed(1)} µs of processor time a tap, bare ${bare.toFixed(1)}: ${(whole / bare).toFixed(2)} times`,
  );
}

describe('what an examiner’s thread does for a tap, against its JSON, its signatures, its hash and its seal alone', () => {
  for (const certificates of ['open', 'new'] as const) {
    bench(
      `the card’s certificate ${certificates}`,
      once(async () => compare(certificates)),
      once.options,
    );
  }
});
