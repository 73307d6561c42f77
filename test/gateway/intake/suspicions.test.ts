import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boxedSuspicionPolicy, suspect } from '../../../src/gateway/evidence/index.js';
import { acceptTaps } from '../../../src/gateway/intake/accept-taps.js';
import type { ExaminedTap } from '../../../src/gateway/intake/examine-tap.js';
import type { GatewayDatabase } from '../../../src/gateway/storage/index.js';
import type { TapRecord } from '../../../src/tap/index.js';
import { eachEngine } from '../storage/each-engine.js';
import { booksOf, campaigns, intakeOver, tariff } from './intake-fixture.js';

const now = () => new Date('2015-10-06T12:00:00+08:00');
const BEGIN = Date.parse('2015-10-03T08:00:00+08:00');

/** A tap whose card has proved it: what stands in the books of it, without the card. */
function proved(
  sequence: number,
  chip: string,
  atc: number,
  minute: number,
  station: string,
  cardToken = 'the card',
): ExaminedTap {
  const at = new Date(BEGIN + minute * 60_000).toISOString();
  const record = {
    version: 1,
    operator: 'ningbo-metro',
    terminal: 'gate-1',
    sequence,
    at,
    service: 'metro',
    event: sequence % 2 ? 'entry' : 'exit',
    place: { station },
    amountFen: 0,
  } as unknown as TapRecord;
  return {
    id: `tap_${sequence}`,
    record,
    contentHash: `hash ${sequence}`,
    sealed: new Uint8Array(1),
    serviceDay: '2015-10-03',
    cardToken,
    cardMask: '622800******0017',
    proof: { chip, atc },
    refusal: undefined,
  };
}

async function accept(database: GatewayDatabase, taps: readonly ExaminedTap[]): Promise<void> {
  const options = { database, tariff, campaigns, clock: now, readFareCards: async () => new Map() };
  await acceptTaps(options as unknown as Parameters<typeof acceptTaps>[0], taps);
}

const suspicionsOf = ({ kysely }: GatewayDatabase) =>
  kysely
    .selectFrom('suspicions')
    .select(['tap_id', 'code', 'score', 'is_set_aside', 'before_tap_id', 'parts'])
    .orderBy('tap_id')
    .execute();

const stations = ['栎社国际机场', '鼓楼', '宁波大学', '世纪大道', '高桥西'];

const TAPS_MAX = 12;
const rows = fc.uniqueArray(
  fc.record({
    chip: fc.constantFrom('old chip', 'new chip'),
    atc: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 300, max: 310 })),
    minute: fc.integer({ min: 0, max: 60 }),
    station: fc.constantFrom(...stations),
  }),
  { minLength: 2, maxLength: TAPS_MAX, selector: ({ chip, atc }) => `${chip} ${atc}` },
);

eachEngine('taps that cannot be', (engine) => {
  const numRuns = engine.kind === 'libsql' ? 40 : 12;

  it('are the same ones whatever the order and the grouping in which taps came', async () => {
    const one = await engine.open();
    const other = await engine.open();
    // The books fill with card after card, which is quicker than to open new ones.
    let cards = 0;
    const orders = fc.array(fc.nat(), { minLength: 12, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(rows, orders, fc.integer({ min: 1, max: 6 }), async (row, order, together) => {
        const first = TAPS_MAX * cards++;
        const taps = row.map(({ chip, atc, minute, station }, index) =>
          proved(first + index, chip, atc, minute, station, `card ${cards}`),
        );
        const placeOf = (tap: ExaminedTap) => order[taps.indexOf(tap)]!;
        const shuffled = [...taps].sort((left, right) => placeOf(left) - placeOf(right));
        await accept(one, taps);
        for (let start = 0; start < shuffled.length; start += together) {
          await accept(other, shuffled.slice(start, start + together));
        }
        const found = (await suspicionsOf(one)).filter(({ tap_id }) => taps.some(({ id }) => id === tap_id));
        expect(await suspicionsOf(other)).toEqual(await suspicionsOf(one));
        expect(await booksOf(intakeOver(other))).toEqual(await booksOf(intakeOver(one)));
        const aside = found.filter(({ is_set_aside }) => is_set_aside).map(({ tap_id }) => tap_id);
        expect(aside).toEqual(setAsideOf(taps));
      }),
      { numRuns },
    );
  });

  it('are answered with their reason, and let back when the tap between comes', async () => {
    const database = await engine.open();
    const intake = intakeOver(database);
    await accept(database, [proved(1, 'chip', 1, 0, '栎社国际机场'), proved(3, 'chip', 3, 3, '宁波大学')]);
    const taps = async () => (await booksOf(intake)).taps.map(({ id, refusal }) => `${id} ${refusal}`);
    expect(await taps()).toEqual(['tap_1 null', 'tap_3 places-too-far-apart']);
    await accept(database, [proved(2, 'chip', 2, 3, '宁波大学')]);
    expect(await taps()).toEqual(['tap_1 null', 'tap_2 places-too-far-apart', 'tap_3 null']);
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
