import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { decode, flatten, fromHex, toHex } from '../../../emv/index.js';
import { type Fault, formatFault, parseFault } from '../../../simulator/index.js';
import { missing } from './invariants.js';
import type { Belief, Scenario } from './scenario.js';
import { scenarios } from './scenarios/index.js';
import { type Aftermath, runBroken, withState } from './torn-world.js';

/** Hundreds of transactions each: seconds of work, more where others work too. */
vi.setConfig({ testTimeout: 120_000 });

const place = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 20 }) },
  fc.constantFrom('*', 'select', 'get-processing-options', 'read-record', 'generate-ac', 'issuer-script', 'verify'),
  fc.constantFrom('read-capp-data', 'update-capp-data-cache', 'external-authenticate', 'get-data'),
);
const seed = fc.nat(999_999);
const statusWord = fc.constantFrom(0x6985, 0x6a83, 0x6581, 0x6400, 0x6283, 0x6300, 0x6110, 0x6c20, 0x9406, 0x9000);

const leaving: fc.Arbitrary<Fault> = fc.oneof(
  fc.record({ kind: fc.constant('tear' as const), at: place, bytes: fc.nat(260) }),
  fc.record({ kind: fc.constantFrom('tear-before' as const, 'drop' as const), at: place }),
  fc.record({ kind: fc.constant('late' as const), at: place, delayMs: fc.integer({ min: 1, max: 1000 }) }),
);
const lying: fc.Arbitrary<Fault> = fc.oneof(
  fc.record({ kind: fc.constant('status' as const), at: place, statusWord }),
  fc.record({ kind: fc.constant('garbage' as const), at: place, seed }),
  fc.record({ kind: fc.constant('flip' as const), at: place, seed }),
);

const several = (fault: fc.Arbitrary<Fault>) => fc.array(fault, { minLength: 1, maxLength: 4 });
const texts = (faults: readonly Fault[]) => faults.map(formatFault).join(' ');

const wholes = new Map<Scenario, Promise<Aftermath>>();
function wholeOf(scenario: Scenario): Promise<Aftermath> {
  const whole = wholes.get(scenario) ?? runBroken(scenario);
  wholes.set(scenario, whole);
  return whole;
}

/** The card presented again without faults pays what is booked, under a counter that it has never shown. */
async function expectWorkingAgain(scenario: Scenario, { counters, kept }: Aftermath): Promise<void> {
  const again = await runBroken(scenario, {}, withState(scenario.file(), kept));
  expect(missing({ ...scenario, file: () => withState(scenario.file(), kept) }, again)).toBe(0);
  expect(Math.min(Infinity, ...again.counters)).toBeGreaterThan(Math.max(0, ...counters));
}

test('a card that leaves, however and how often it may, has kept one of the states of the whole transaction', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...scenarios), several(leaving), async (scenario, faults) => {
      const whole = await wholeOf(scenario);
      const torn = await runBroken(scenario, { faults });
      expect([scenario.file().state[0], ...whole.states], texts(faults)).toContainEqual(torn.kept);
      expect(missing(scenario, torn), 'money was made').toBeGreaterThanOrEqual(0);
      const isKnown = torn.belief.mayHavePaid || torn.belief.issuerKnows || scenario.paysWithoutWindow === true;
      expect(missing(scenario, torn) === 0 || isKnown, 'money was lost, and nobody knows').toBe(true);
      await expectWorkingAgain(scenario, torn);
    }),
    { numRuns: 150 },
  );
});

test('whatever a card lies, over contactless nobody is paid more than it has paid, and it works again afterwards', async () => {
  const contactless = scenarios.filter(({ over }) => over === 'contactless');
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...contactless), several(fc.oneof(lying, leaving)), async (scenario, faults) => {
      const lied = await runBroken(scenario, { faults });
      expect(missing(scenario, lied), texts(faults)).toBeGreaterThanOrEqual(0);
      await expectWorkingAgain(scenario, lied);
    }),
    { numRuns: 150 },
  );
});

test('whatever a card lies, over contact the terminal comes to an end, and the card works again afterwards', async () => {
  const contact = scenarios.filter(({ over }) => over === 'contact');
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...contact), several(fc.oneof(lying, leaving)), async (scenario, faults) => {
      await expectWorkingAgain(scenario, await runBroken(scenario, { faults }));
    }),
    { numRuns: 100 },
  );
});

/** What the issuer and the card have signed of a tap (JR/T 0025.12-2013 7.4.5, annex B), by tag. */
const SIGNED = ['5A', '5F24', '82', '9F08', '9F46', '9F4A', '9F4B', '9F69', '90', '8F'];

function signedIn({ evidence }: Belief): Record<string, string | undefined> {
  const said = new Map(Object.entries(evidence!.data));
  for (const { bytes } of evidence!.records) {
    for (const [tag, value] of flatten(decode(fromHex(bytes)))) said.set(tag, toHex(value));
  }
  return Object.fromEntries(SIGNED.map((tag) => [tag, said.get(tag)]));
}

test('a tap with a flipped bit is approved only where nothing that is signed came otherwise', async () => {
  const [scenario] = scenarios;
  const whole = await wholeOf(scenario!);
  const intact = signedIn(whole.belief);
  expect(Object.values(intact).filter(Boolean).length).toBeGreaterThan(8);
  let approved = 0;
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: whole.answered.length }), fc.nat(5000), async (command, bit) => {
      const length = whole.answered[command - 1]! * 8;
      const fault = parseFault(`flip@${command}:${1 + (bit % length)}`);
      const { belief } = await runBroken(scenario!, { faults: [fault] });
      if (belief.evidence === undefined) refused++;
      else {
        approved++;
        expect(signedIn(belief), formatFault(fault)).toEqual(intact);
      }
    }),
    { numRuns: 300 },
  );
  expect(refused).toBeGreaterThan(100);
  expect(approved).toBeGreaterThan(2);
});
