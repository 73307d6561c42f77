import { hash } from 'node:crypto';
import { type FareCard, serviceDayOf } from '../../../src/gateway/fares/index.js';
import { acceptTaps } from '../../../src/gateway/intake/accept-taps.js';
import type { ExaminedTap } from '../../../src/gateway/intake/examine-tap.js';
import type { ToldAnswer } from '../../../src/gateway/intake/index.js';
import { identityName, tapIdOf } from '../../../src/gateway/intake/tap-id.js';
import type { GatewayDatabase } from '../../../src/gateway/storage/index.js';
import type { TapRecord } from '../../../src/tap/index.js';
import { campaigns, tariff } from './intake-fixture.js';

const BEGIN = Date.parse('2015-10-03T08:00:00+08:00');

export interface ProvedTapWish {
  readonly sequence: number;
  readonly chip?: string;
  readonly atc?: number;
  /** Since eight o'clock. */
  readonly minute?: number;
  readonly station?: string;
  readonly terminal?: string;
  readonly card?: string;
  readonly refusal?: ExaminedTap['refusal'];
  readonly content?: string;
  readonly uploadedAtMs?: number;
  /** What else the record says. */
  readonly says?: Partial<Pick<TapRecord, 'at' | 'service' | 'event' | 'place' | 'amountFen'>>;
}

/** What the books call a card that a test calls so; none where no number could be read. */
export const tokenNamed = (card: string): string => card && hash('sha256', card, 'hex');

/** A tap as its examination leaves it, without a card and its signature; `refusal`: the card did not prove it. */
export function provedTap(wish: ProvedTapWish): ExaminedTap {
  const { sequence, chip = 'chip', atc = sequence, minute = sequence, station = '鼓楼', terminal = 'gate-1' } = wish;
  const record = {
    version: 1,
    operator: 'ningbo-metro',
    terminal,
    sequence,
    at: new Date(BEGIN + minute * 60_000).toISOString(),
    service: 'metro',
    event: sequence % 2 ? 'entry' : 'exit',
    place: { station },
    amountFen: 0,
    ...wish.says,
  } as unknown as TapRecord;
  return {
    id: tapIdOf(record),
    identity: identityName(record),
    record,
    contentHash: `hash ${sequence} ${wish.content ?? ''}`,
    sealed: new Uint8Array(1),
    uploadedAtMs: wish.uploadedAtMs,
    serviceDay: wish.says?.at ? serviceDayOf(tariff, wish.says.at) : '2015-10-03',
    cardToken: tokenNamed(wish.card ?? 'the card'),
    cardMask: '622800******0017',
    proof: wish.refusal ? undefined : { chip: tokenNamed(chip).slice(0, 32), atc },
    isCryptogramVerified: false,
    refusal: wish.refusal,
  };
}

/** Accepts examined taps in one transaction. */
export function acceptProved(
  database: GatewayDatabase,
  taps: readonly ExaminedTap[],
  now = '2015-10-06T12:00:00+08:00',
  card?: FareCard,
): Promise<ToldAnswer[]> {
  const clock = () => new Date(now);
  const options = { database, tariff, campaigns, clock, readFareCards: readerOf(card) };
  return acceptTaps(options as unknown as Parameters<typeof acceptTaps>[0], taps);
}

/** Every card is this one. */
const readerOf = (card: FareCard | undefined) => async (_transaction: unknown, tokens: readonly string[]) =>
  new Map(card ? tokens.map((token) => [token, card]) : []);
