import fc from 'fast-check';
import { expect, it } from 'vitest';
import { boxedExceptionPolicy, type ExceptionKind, surveyTerminals } from '../../../src/gateway/exceptions/index.js';
import type { ExaminedTap } from '../../../src/gateway/intake/examine-tap.js';
import type { GatewayDatabase } from '../../../src/gateway/storage/index.js';
import { intakeOver } from '../intake/intake-fixture.js';
import { acceptProved, provedTap } from '../intake/proved-tap.js';
import { eachEngine } from '../storage/each-engine.js';

const NOW = '2015-10-06T12:00:00+08:00';
const boxed = boxedExceptionPolicy();
const policy = { ...boxed, survey: { ...boxed.survey, settleS: 0, tapsTogether: 3 } };
const survey = (database: GatewayDatabase) => surveyTerminals({ database, policy, clock: () => new Date(NOW) });

let seconds = 0;
/** Each a second later than those before: a survey leaves what is being kept at its own instant to the next. */
const accept = (database: GatewayDatabase, taps: readonly ExaminedTap[]) =>
  acceptProved(database, taps, new Date(Date.parse('2015-10-06T08:00:00+08:00') + ++seconds * 1000).toISOString());

eachEngine('what wants a look', (engine) => {
  it('has the gaps of a terminal, which close when late taps come, whatever the order', async () => {
    const database = await engine.open();
    const intake = intakeOver(database);
    const sequences = fc.shuffledSubarray([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], { minLength: 1 });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(sequences, fc.integer({ min: 1, max: 5 }), async (arrived, together) => {
        const terminal = `gate-${++run + 1}`;
        const expected = (came: readonly number[]) => {
          const missing = Array.from({ length: 12 }, (_, index) => index + 1).filter(
            (number) => !came.includes(number) && number > Math.min(...came) && number < Math.max(...came),
          );
          return missing;
        };
        for (let start = 0; start < arrived.length; start += together) {
          const some = arrived.slice(start, start + together);
          await accept(
            database,
            some.map((sequence) => provedTap({ sequence, terminal, refusal: 'pan-missing', card: '' })),
          );
          await survey(database);
          const { exceptions } = await intake.exceptions({ limit: 100, kind: 'gap', terminal });
          const missing = exceptions.flatMap(({ sequence, toSequence }) =>
            Array.from({ length: toSequence! - sequence! + 1 }, (_, index) => sequence! + index),
          );
          expect(missing.sort((one, other) => one - other)).toEqual(expected(arrived.slice(0, start + together)));
        }
      }),
      { numRuns: engine.kind === 'libsql' ? 20 : 8 },
    );
  });

  it('is told with its reason until somebody says what was found out', async () => {
    const database = await engine.open();
    const intake = intakeOver(database);
    const at = (minute: number) => Date.parse('2015-10-03T08:00:00+08:00') + minute * 60_000;
    await accept(database, [
      provedTap({ sequence: 1, station: '栎社国际机场', minute: 10, uploadedAtMs: at(10) }),
      provedTap({ sequence: 4, station: '宁波大学', minute: 11, uploadedAtMs: at(12), atc: 4 }),
      provedTap({ sequence: 5, card: 'another card', minute: 12, uploadedAtMs: at(12), refusal: 'amount-mismatch' }),
      provedTap({ sequence: 6, terminal: 'gate-2', card: 'a third', atc: 1, minute: 12, uploadedAtMs: at(0) }),
      provedTap({ sequence: 9, terminal: 'gate-2', card: 'a third', atc: 400, minute: 40, uploadedAtMs: at(0) }),
    ]);
    await accept(database, [provedTap({ sequence: 1, content: 'other' })]);
    await survey(database);
    const open = async () => (await intake.exceptions({ limit: 100, state: 'open' })).exceptions;
    const found = await open();
    const told = found.map(({ kind, code, terminal }) => `${kind} ${code} ${terminal ?? ''}`).sort();
    expect(told).toEqual([
      'clock clock-ahead gate-2',
      'conflict content-conflict gate-1',
      'gap sequence-gap gate-1',
      'gap sequence-gap gate-2',
      'marked transaction-counter-jump gate-2',
      'refused amount-mismatch gate-1',
      'set-aside places-too-far-apart gate-1',
      'unfinished journey-unfinished ',
      'unfinished journey-unfinished ',
      'unfinished journey-unfinished ',
    ]);
    expect(found.find(({ kind }) => kind === 'set-aside')).toMatchObject({ score: expect.any(Number), state: 'open' });
    expect(found.every(({ detail }) => detail.length > 20)).toBe(true);
    const counts = await intake.countExceptions();
    for (const kind of Object.keys(counts) as ExceptionKind[]) {
      expect(counts[kind], kind).toBe(found.filter((each) => each.kind === kind).length);
    }
    for (const { id } of found) {
      const resolved = await intake.resolveException(id, { note: 'looked at', by: 'key_1' });
      expect(resolved).toMatchObject({ id, state: 'resolved', resolution: { note: 'looked at', by: 'key_1' } });
    }
    expect(await open()).toEqual([]);
    expect((await intake.exceptions({ limit: 100, state: 'resolved' })).exceptions).toHaveLength(found.length);
    await accept(database, [provedTap({ sequence: 3, card: 'another card', refusal: 'pan-missing' })]);
    await survey(database);
    expect((await open()).map(({ kind }) => kind)).toEqual(['refused']);
  });

  it('comes in pages without gaps or doubles', async () => {
    const database = await engine.open();
    const intake = intakeOver(database);
    await accept(
      database,
      Array.from({ length: 9 }, (_, index) => provedTap({ sequence: 2 * index + 1, card: '', refusal: 'pan-missing' })),
    );
    await survey(database);
    const ids: string[] = [];
    for (let after: string | undefined, more = true; more; more = after !== undefined) {
      const page = await intake.exceptions({ limit: 2, after });
      ids.push(...page.exceptions.map(({ id }) => id));
      after = page.next;
    }
    expect(ids).toHaveLength(17);
    expect(new Set(ids).size).toBe(17);
  });

  it('knows each terminal with its sequence and its clock, and looks at no tap twice', async () => {
    const database = await engine.open();
    await accept(database, [provedTap({ sequence: 5, minute: 30 }), provedTap({ sequence: 7, minute: 31 })]);
    expect(await survey(database)).toBe(2);
    expect(await survey(database)).toBe(0);
    const [row] = await database.kysely.selectFrom('terminals').selectAll().execute();
    expect(row).toMatchObject({
      operator: 'ningbo-metro',
      terminal: 'gate-1',
      first_sequence: 5,
      last_sequence: 7,
      taps: 2,
      clock_state: 'right',
      last_at_ms: Date.parse('2015-10-03T08:31:00+08:00'),
    });
  });
});
