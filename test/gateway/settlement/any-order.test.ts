import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { loadCampaigns, loadTariff } from '../../../src/gateway/fares/index.js';
import {
  changeState,
  type DebtMove,
  moveDebt,
  readSettlements,
  readTrialBalance,
  refundJourney,
  resubmit,
  settleDay,
  verifyBooks,
} from '../../../src/gateway/settlement/index.js';
import type { GatewayDatabase } from '../../../src/gateway/storage/index.js';
import type { TapRecord } from '../../../src/tap/index.js';
import { campaigns, gate, intakeOver, member, PAN, tariff, token } from '../intake/intake-fixture.js';
import { eachEngine } from '../storage/each-engine.js';
import { cardInPocket } from '../support/card-in-pocket.js';

const DAYS = ['2015-10-03', '2015-10-04'] as const;
const card = cardInPocket();
const made: TapRecord[] = [];
for (const day of DAYS) {
  made.push(await card.tapAt('metro-gate', gate('鼓楼', 'entry', `${day}T08:25:00+08:00`)));
  made.push(await card.tapAt('metro-gate', gate('世纪大道', 'exit', `${day}T08:45:00+08:00`)));
  made.push(await card.tapAt('bus-validator', { at: `${day}T10:00:00+08:00` }));
  made.push(await card.tapAt('bus-validator', { at: `${day}T18:00:00+08:00` }));
}
const taps = made.map((tap, index) => ({ ...tap, sequence: index + 1 }));

const withoutCampaigns = loadCampaigns([]);
const fares = [
  { tariff, campaigns },
  {
    tariff: loadTariff({ ...tariff, id: 'dearer', bus: { ...tariff.bus, fareFen: 300 } }),
    campaigns: withoutCampaigns,
  },
  {
    tariff: loadTariff({ ...tariff, id: 'cheaper', bus: { ...tariff.bus, fareFen: 50 } }),
    campaigns: withoutCampaigns,
  },
];

const act = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('tap' as const), which: fc.nat(taps.length - 1) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('close' as const, 'settle' as const), which: fc.nat(1) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('refund' as const, 'debt' as const),
      which: fc.nat(9),
      fen: fc.nat(400),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom('reject' as const, 'resubmit' as const), which: fc.nat(5) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reprice' as const), which: fc.nat(2) }) },
);
type Act = { readonly do: string; readonly which: number; readonly fen?: number };

eachEngine('money in any order', (engine) => {
  it('sums to zero, adds up for each operator and day, and never changes a closed day', async () => {
    const runs = engine.kind === 'libsql' ? 10 : 2;
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 10, maxLength: 30 }), async (acts: Act[]) => {
        const database = await engine.open();
        let frozen = new Map<string, string>();
        let number = 0;
        for (const each of acts) {
          await perform(database, each, `t${++number}`);
          const closed = await closedDays(database);
          for (const [day, rows] of frozen) expect(closed.get(day), `${each.do} on ${day}`).toBe(rows);
          frozen = closed;
        }
        for (const serviceDay of frozen.keys()) await settle(database, serviceDay);
        await holds(database);
        await database.close();
      }),
      { numRuns: runs },
    );
  });

  const clock = () => new Date('2015-10-06T12:00:00+08:00');
  const settle = (database: GatewayDatabase, serviceDay: string) =>
    settleDay({ database, clock, serviceDay, by: 'test' });

  async function perform(database: GatewayDatabase, { do: what, which, fen = 0 }: Act, id: string): Promise<void> {
    const intakeWith = (version: number) => intakeOver(database, { cards: { [PAN]: member }, ...fares[version] });
    const options = { database, clock, dayOf: () => DAYS[0], by: 'test' };
    const serviceDay = DAYS[which]!;
    if (what === 'tap') await intakeWith(0).accept(taps[which]!);
    else if (what === 'close') await intakeWith(0).closeServiceDay(serviceDay).catch(alreadyClosed);
    else if (what === 'settle') await settle(database, serviceDay);
    else if (what === 'reprice') {
      await intakeWith(which).reprice({ fromServiceDay: DAYS[0], toServiceDay: DAYS[1] });
    } else if (what === 'refund') {
      const booked = await database.kysely.selectFrom('charges').select('journey_id').distinct().execute();
      const journeyId = booked.map(({ journey_id }) => journey_id).sort()[which % Math.max(1, booked.length)] ?? 'none';
      const amountFen = fen === 0 ? undefined : fen;
      await refundJourney(options, { id, journeyId, amountFen, reason: 'a gate stood open' });
    } else if (what === 'debt') {
      const kind = (['payment', 'payout', 'write-off'] as DebtMove[])[which % 3]!;
      await moveDebt(options, { id, cardToken: token, kind, amountFen: fen + 1, reason: 'at the counter' });
    } else {
      const known = await readSettlements(database.kysely, { limit: 100 });
      const chosen = known[which % Math.max(1, known.length)];
      if (!chosen) return;
      const change = { database, clock, id: chosen.id, by: 'test' };
      if (what === 'reject') await changeState({ ...change, state: 'rejected', reason: 'one too many' });
      else await resubmit(change);
    }
  }

  /** Closing again is refused and changes nothing. */
  const alreadyClosed = (error: unknown) => expect(error).toBeInstanceOf(Error);

  /** All that is booked on each closed day, as text. */
  async function closedDays({ kysely }: GatewayDatabase): Promise<Map<string, string>> {
    const days = await kysely.selectFrom('service_days').select('service_day').execute();
    const told = days.map(async ({ service_day }): Promise<[string, string]> => {
      const charges = await kysely.selectFrom('charges').selectAll().where('service_day', '=', service_day).execute();
      const entries = await kysely.selectFrom('entries').selectAll().where('service_day', '=', service_day).execute();
      const moved = await kysely
        .selectFrom('ledger_entries')
        .innerJoin('ledger_transactions', 'id', 'transaction_id')
        .select(['transaction_id', 'line', 'account', 'party', 'amount_fen'])
        .where('ledger_entries.service_day', '=', service_day)
        .where('kind', '<>', 'settlement')
        .execute();
      return [
        service_day,
        [...charges, ...entries, ...moved]
          .map((row) => JSON.stringify(row))
          .sort()
          .join('\n'),
      ];
    });
    return new Map(await Promise.all(told));
  }

  async function holds(database: GatewayDatabase): Promise<void> {
    const { kysely } = database;
    expect(await verifyBooks(kysely)).toEqual([]);
    const balance = await readTrialBalance(kysely);
    expect([balance.sumFen, balance.unsettledDays]).toEqual([0, 0]);
    const { rows } = await sql<{ account: string; party: string; fen: number }>`select account, party,
      cast(sum(amount_fen) as bigint) as fen from ledger_entries where account <> 'card'
      group by account, party`.execute(kysely);
    const accounts = balance.accounts.filter(({ account }) => account !== 'card');
    expect(accounts.map(({ account, party = '', balanceFen }) => `${account} ${party} ${balanceFen}`).sort()).toEqual(
      rows.map(({ account, party, fen }) => `${account} ${party} ${fen}`).sort(),
    );
    for (const { partyKind, totals } of await readSettlements(kysely, { limit: 100 })) {
      expect(totals.grossFen).toBe(partyKind === 'operator' ? totals.cardFen + totals.sponsorFen + totals.otherFen : 0);
    }
  }
});
