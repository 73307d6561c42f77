import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boxedSuspicionPolicy, suspect } from '../../../src/gateway/evidence/index.js';
import type { ExaminedTap } from '../../../src/gateway/intake/examine-tap.js';
import type { GatewayDatabase } from '../../../src/gateway/storage/index.js';
import { eachEngine } from '../storage/each-engine.js';
import { booksOf, intakeOver } from './intake-fixture.js';
import { acceptProved as accept, provedTap, tokenNamed } from './proved-tap.js';

const proved = (sequence: number, chip: string, atc: number, minute: number, station: string, card = 'the card') =>
  provedTap({ sequence, chip, atc, minute, station, card, ...(card !== 'the card' && { terminal: card }) });

const suspicionsOf = ({ kysely }: GatewayDatabase, card: string) =>
  kysely
    .selectFrom('suspicions')
    .where('card_token', '=', tokenNamed(card))
    .select(['tap_id', 'code', 'score', 'is_set_aside', 'before_tap_id', 'parts'])
    .orderBy('tap_id')
    .execute();

const stations = ['栎社国际机场', '鼓楼', '宁波大学', '世纪大道', '高桥西'];

const rows = fc.uniqueArray(
  fc.record({
    chip: fc.constantFrom('old chip', 'new chip'),
    atc: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 300, max: 310 })),
    minute: fc.integer({ min: 0, max: 60 }),
    station: fc.constantFrom(...stations),
  }),
  { minLength: 2, maxLength: 12, selector: ({ chip, atc }) => `${chip} ${atc}` },
);

eachEngine('taps that cannot be', (engine) => {
  const numRuns = engine.kind === 'libsql' ? 30 : 8;

  it('are the same ones whatever the order and the grouping in which taps came', async () => {
    const one = await engine.open();
    const other = await engine.open();
    let run = 0;
    const orders = fc.array(fc.nat(), { minLength: 12, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(rows, orders, fc.integer({ min: 1, max: 6 }), async (row, order, together) => {
        const card = `card-${++run}`;
        const taps = row.map(({ chip, atc, minute, station }, index) =>
          proved(index + 1, chip, atc, minute, station, card),
        );
        const placeOf = (tap: ExaminedTap) => order[taps.indexOf(tap)]!;
        const shuffled = [...taps].sort((left, right) => placeOf(left) - placeOf(right));
        await accept(one, taps);
        for (let start = 0; start < shuffled.length; start += together) {
          await accept(other, shuffled.slice(start, start + together));
        }
        const found = await suspicionsOf(one, card);
        expect(await suspicionsOf(other, card)).toEqual(found);
        expect(await booksOf(intakeOver(other))).toEqual(await booksOf(intakeOver(one)));
        const aside = found.filter(({ is_set_aside }) => is_set_aside).map(({ tap_id }) => tap_id);
        expect(aside).toEqual(setAsideOf(taps));
      }),
      { numRuns },
    );
  });

  it('are answered with their reason, and let back when the tap between comes', async () => {
    const database = await engine.open();
    await accept(database, [proved(1, 'chip', 1, 0, '栎社国际机场'), proved(3, 'chip', 3, 3, '宁波大学')]);
    const taps = async () =>
      (await database.kysely.selectFrom('taps').selectAll().orderBy('sequence').execute()).map(
        ({ sequence, refusal }) => `${sequence} ${refusal}`,
      );
    expect(await taps()).toEqual(['1 null', '3 places-too-far-apart']);
    await accept(database, [proved(2, 'chip', 2, 3, '宁波大学')]);
    expect(await taps()).toEqual(['1 null', '2 places-too-far-apart', '3 null']);
  });
});

/** The rule itself, over the whole set. */
function setAsideOf(taps: readonly ExaminedTap[]): string[] {
  const policy = boxedSuspicionPolicy();
  const counted = ({ proof, record }: ExaminedTap) => ({
    atc: proof!.atc,
    atMs: Date.parse(record.at),
    place: record.place,
  });
  return taps
    .filter((tap) => {
      const before = taps
        .filter(({ proof }) => proof!.chip === tap.proof!.chip && proof!.atc < tap.proof!.atc)
        .sort((one, other) => other.proof!.atc - one.proof!.atc)[0];
      return before && suspect(policy, counted(before), counted(tap))?.isSetAside;
    })
    .map(({ id }) => id)
    .sort();
}

describe('the row of a chip', () => {
  it('knows no card but its own', async () => {
    expect(setAsideOf([proved(1, 'a', 1, 59, '鼓楼'), proved(2, 'b', 2, 0, '鼓楼')])).toEqual([]);
  });
});
