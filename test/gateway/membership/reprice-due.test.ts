import { expect, it } from 'vitest';
import { serviceDayOf } from '../../../src/gateway/fares/index.js';
import { type RepriceDueOptions, repriceDue, repriceSoon } from '../../../src/gateway/membership/index.js';
import { cardToken } from '../../../src/tap/index.js';
import { intakeOver, tariff, token, tokenKey } from '../intake/intake-fixture.js';
import { eachEngine } from '../storage/each-engine.js';

const other = cardToken(tokenKey, '6228000100000000025');

eachEngine('a card that cannot be priced again', (engine) => {
  it('does not keep the others from their turn, is told and is tried again', async () => {
    const database = await engine.open();
    const { kysely } = database;
    const intake = intakeOver(database);
    const broken = new Set([token]);
    const options: RepriceDueOptions = {
      database,
      clock: () => new Date('2015-10-06T12:00:00+08:00'),
      dayOf: (instant) => serviceDayOf(tariff, instant),
      reprice: async (query) => {
        if (query.cardTokens.some((each) => broken.has(each))) throw new Error('its taps cannot be read');
        await intake.reprice(query);
      },
    };
    const recordChange = (card_token: string, from_ms: number) =>
      kysely.insertInto('cards_to_reprice').values({ card_token, from_ms, version: 1 }).execute();
    const due = async () => {
      const rows = await kysely.selectFrom('cards_to_reprice').select('card_token').execute();
      return rows.map(({ card_token }) => card_token);
    };

    await recordChange(token, 1);
    await recordChange(other, 2);
    // More than a lot, some of the same instant.
    for (let card = 0; card < 100; card++) await recordChange(`${card}`.padStart(64, '0'), 3 + (card >> 1));
    await expect(repriceDue(options)).rejects.toThrow('its taps cannot be read');
    expect(await due()).toEqual([token]);
    await recordChange(other, 2);
    await expect(repriceSoon(options)).rejects.toThrow('its taps cannot be read');
    expect(await due()).toEqual([token]);

    broken.clear();
    expect(await repriceDue(options)).toBe(1);
    expect(await due()).toEqual([]);
  });
});
