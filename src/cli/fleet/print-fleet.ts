import type { Colours } from '../colours.js';
import type { AnswerCounts } from './deliver/answer-tally.js';
import type { FleetResult } from './run-fleet.js';

/** A day as people read it. */
export function printFleet(
  { summary, answers, surprises = [], agrees, timing }: FleetResult,
  colours: Colours,
): string[] {
  const { plan, members, terminals, expected } = summary;
  const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;
  return [
    `${colours.bold(`${plan.taps} taps with ${plan.cards} cards`)} on ${plan.day}, seed ${plan.seed}`,
    `${timing.tapsPerSecond.toFixed(0)} taps/s in ${seconds(timing.elapsedMs)}; making the cards took ${seconds(timing.issuingMs)} of the workers' time, tapping ${seconds(timing.tappingMs)}`,
    '',
    `members   ${members.members}, ${members.certified} certified, ${members.lost} with a lost card`,
    'terminals',
    ...Object.entries(terminals).map(([name, count]) => `  ${String(count).padStart(8)}  ${name}`),
    '',
    ...(answers === undefined ? printExpected(expected) : printCompared(expected, answers, colours)),
    ...surprises.map(
      ({ operator, terminal, sequence, expected: wanted, answer }) =>
        `  ${colours.red('otherwise')} ${operator} ${terminal} ${sequence}: ${answer} in the place of ${wanted}`,
    ),
    ...(answers === undefined
      ? []
      : [agrees ? colours.green('the gateway answers as it must') : colours.red('the gateway answers otherwise')]),
  ];
}

function rowsOf({ created, exists, conflict, refusedByCode }: AnswerCounts): Map<string, number> {
  const refused = Object.entries(refusedByCode).map(([code, count]) => [`refused: ${code}`, count] as const);
  return new Map([['created', created], ['exists', exists], ['conflict', conflict], ...refused]);
}

const printExpected = (expected: AnswerCounts): string[] => [
  `a gateway must answer ${expected.uploads} uploads with`,
  ...[...rowsOf(expected)].map(([name, count]) => `  ${String(count).padStart(8)}  ${name}`),
];

function printCompared(expected: AnswerCounts, answers: AnswerCounts, colours: Colours): string[] {
  const [wanted, given] = [rowsOf(expected), rowsOf(answers)];
  const names = [...new Set([...wanted.keys(), ...given.keys()])];
  return [
    `  ${'expected'.padStart(8)}  ${'answered'.padStart(8)}`,
    ...names.map((name) => {
      const [one, other] = [wanted.get(name) ?? 0, given.get(name) ?? 0];
      const line = `  ${String(one).padStart(8)}  ${String(other).padStart(8)}  ${name}`;
      return one === other || ['created', 'exists'].includes(name) ? line : colours.red(line);
    }),
  ];
}
