import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { TapRecord } from '../../../src/tap/index.js';
import { eachEngine } from '../storage/each-engine.js';
import { cardInPocket } from '../support/card-in-pocket.js';
import { booksOf, entriesOf, gate, intakeOver, lostCard, member, PAN } from './intake-fixture.js';

const LOST = '6228000100000000124';

/** Two cards in the rush of a day: rides, a missed exit, a card handed back over the barrier, a lost card. */
async function busyDay(): Promise<TapRecord[]> {
  const one = cardInPocket('service-card-51', { pan: PAN });
  const lost = cardInPocket('service-card-51', { pan: LOST });
  const at = (time: string) => `2015-10-03T${time}:00+08:00`;
  const taps = [
    await one.tapAt('metro-gate', gate('鼓楼', 'entry', at('08:00'))),
    await one.tapAt('metro-gate', gate('鼓楼', 'entry', at('08:02'))),
    await one.tapAt('metro-gate', gate('世纪大道', 'exit', at('08:20'))),
    await one.tapAt('bus-validator', { at: at('08:30') }),
    await one.tapAt('bus-validator', { at: at('09:00') }),
    await one.tapAt('metro-gate', gate('世纪大道', 'entry', at('12:00'))),
    await one.tapAt('metro-gate', gate('泽民', 'entry', at('18:00'))),
    await one.tapAt('metro-gate', gate('鼓楼', 'exit', at('18:15'))),
    await lost.tapAt('metro-gate', gate('鼓楼', 'entry', at('07:30'))),
    await lost.tapAt('metro-gate', gate('西门口', 'exit', at('07:40'))),
    await lost.tapAt('bus-validator', { at: at('10:00') }),
  ];
  return taps.map((tap, index) => ({ ...tap, sequence: index + 1 }));
}

const taps = await busyDay();
const cards = { [PAN]: member, [LOST]: lostCard };

eachEngine('whatever order taps come in', (engine) => {
  const numRuns = engine.kind === 'libsql' ? 25 : 8;

  it('doubled, late, in batches or alone, the books say the same in the end', async () => {
    const inOrder = intakeOver(await engine.open(), { cards });
    for (const tap of taps) await inOrder.accept(tap);
    const expected = await booksOf(inOrder);
    expect(expected.journeys.map(({ status }) => status)).toContain('open');
    const totals = await inOrder.closeServiceDay('2015-10-03');
    const closed = await booksOf(inOrder);
    expect(closed.journeys.map(({ status }) => status)).toContain('incomplete');
    expect(expected.taps.map(({ refusal }) => refusal)).toEqual(expect.arrayContaining(['passback', 'card-lost']));
    const orders = fc.tuple(
      fc.shuffledSubarray([...taps.keys()], { minLength: taps.length }),
      fc.array(fc.nat(taps.length - 1), { maxLength: 5 }),
      fc.integer({ min: 1, max: taps.length }),
    );
    await fc.assert(
      fc.asyncProperty(orders, async ([order, doubled, batch]) => {
        const intake = intakeOver(await engine.open(), { cards });
        const all = [...order, ...doubled].map((index) => taps[index]!);
        for (let start = 0; start < all.length; start += batch)
          await intake.acceptBatch(all.slice(start, start + batch));
        expect(await booksOf(intake)).toEqual(expected);
        expect(await intake.closeServiceDay('2015-10-03')).toEqual(totals);
        expect(await booksOf(intake)).toEqual(closed);
        for (const sum of sumsOfCharges(await entriesOf(intake))) expect(sum).toBe(0);
      }),
      { numRuns },
    );
  });
});

function sumsOfCharges(entries: Awaited<ReturnType<typeof entriesOf>>): number[] {
  const sums = new Map<string, number>();
  for (const { journey_id, revision, amount_fen } of entries) {
    const key = `${journey_id} ${revision}`;
    sums.set(key, (sums.get(key) ?? 0) + amount_fen);
  }
  return [...sums.values()];
}
