import { type FareCard, loadCampaigns, loadTariff } from '../../../src/gateway/fares/index.js';
import {
  createIntake,
  type Intake,
  type IntakeOptions,
  type Receipt,
  type ToldAnswer,
} from '../../../src/gateway/intake/index.js';
import type { GatewayDatabase } from '../../../src/gateway/storage/index.js';
import { cardToken, type TapRecord } from '../../../src/tap/index.js';
import { caKeys, cardInPocket } from '../support/card-in-pocket.js';

export const tokenKey = new TextEncoder().encode('a token key of the tests, 32 by.');
export const PAN = '6228000100000000017';
export const token = cardToken(tokenKey, PAN);
export const tariff = loadTariff('ningbo-2015');
export const campaigns = loadCampaigns('ningbo-2015');

/** A member with a card that can be tapped, in the autumn of 2015. */
export const member: FareCard = {
  generation: 'pboc3',
  member: true,
  certifications: [],
  states: [{ state: 'active', from: '2015-08-26T00:00:00+08:00' }],
};

export const lostCard: FareCard = {
  ...member,
  states: [...member.states, { state: 'lost', from: '2015-10-03T08:00:00+08:00' }],
};

export interface OpenIntake extends Intake {
  readonly database: GatewayDatabase;
  /** Taps that come at the same time, answered in order. */
  acceptBatch(records: readonly TapRecord[]): Promise<ToldAnswer[]>;
}

/** An intake whose clock stands three days after the taps, and which knows the cards that it is told of. */
export function intakeOver(
  database: GatewayDatabase,
  {
    cards = {},
    now = '2015-10-06T12:00:00+08:00',
    ...fares
  }: Partial<Pick<IntakeOptions, 'tariff' | 'campaigns'>> & {
    readonly cards?: Readonly<Record<string, FareCard>>;
    readonly now?: string;
  } = {},
): OpenIntake {
  const known = new Map(Object.entries(cards).map(([pan, card]) => [cardToken(tokenKey, pan), card]));
  const intake = createIntake({
    database,
    caKeys,
    tokenKey,
    tariff,
    campaigns,
    ...fares,
    clock: () => new Date(now),
    readFareCards: async (_transaction, tokens) =>
      new Map(tokens.flatMap((each) => (known.has(each) ? [[each, known.get(each)!] as const] : []))),
  });
  const acceptBatch = (records: readonly TapRecord[]) => Promise.all(records.map((record) => intake.accept(record)));
  return { ...intake, database, acceptBatch };
}

export const receiptIn = ({ receipt }: ToldAnswer): Receipt => JSON.parse(receipt!);

export const gate = (station: string, event: 'entry' | 'exit', at: string) => ({
  event,
  at,
  place: { line: '1', station },
});

/** 鼓楼 to 世纪大道 on line 1 in the morning, 6593 m. */
export async function metroRide(day = '2015-10-03', pan = PAN): Promise<[entry: TapRecord, exit: TapRecord]> {
  const card = cardInPocket('service-card-51', { pan });
  return [
    await card.tapAt('metro-gate', gate('鼓楼', 'entry', `${day}T08:25:00+08:00`)),
    await card.tapAt('metro-gate', gate('世纪大道', 'exit', `${day}T08:45:00+08:00`)),
  ];
}

/** All entries of the books, to be compared; not by when they came. */
export async function entriesOf({ database }: OpenIntake) {
  return database.kysely
    .selectFrom('entries')
    .select(['journey_id', 'revision', 'account', 'sponsor', 'amount_fen', 'operator', 'service_day'])
    .orderBy('journey_id')
    .orderBy('revision')
    .orderBy('account')
    .orderBy('sponsor')
    .execute();
}

/** What the books say in the end: journeys, and the sum on each account. */
export async function booksOf(intake: OpenIntake) {
  const { journeys } = await intake.journeys({ limit: 1000 });
  const sums = new Map<string, number>();
  for (const { journey_id, account, sponsor, amount_fen } of await entriesOf(intake)) {
    const key = `${journey_id} ${account} ${sponsor}`;
    sums.set(key, (sums.get(key) ?? 0) + amount_fen);
  }
  const taps = await intake.database.kysely
    .selectFrom('taps')
    .select(['id', 'journey_id', 'refusal'])
    .orderBy('id')
    .execute();
  return { journeys, sums: [...sums].filter(([, sum]) => sum !== 0).sort(), taps };
}
