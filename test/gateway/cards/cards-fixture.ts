import { randomBytes } from 'node:crypto';
import { type Cards, createCards, loadCardPolicy } from '../../../src/gateway/cards/index.js';
import { recordMember } from '../../../src/gateway/membership/index.js';
import type { GatewayDatabase } from '../../../src/gateway/storage/index.js';
import { personalDataKey, tokenKey } from '../membership/import-fixture.js';

export interface CardsUnderTest {
  readonly cards: Cards;
  /** Moves the clock. */
  setNow(instant: string): void;
}

/** The room of cards over books, with a clock of its own. */
export function cardsOver(database: GatewayDatabase, now: string, policy: unknown = 'ningbo'): CardsUnderTest {
  let at = new Date(now);
  const options = {
    database,
    tokenKey,
    personalDataKey,
    clock: () => at,
    random: (length: number) => randomBytes(length),
    dayOf: (instant: string) => instant.slice(0, 10),
  };
  return {
    cards: createCards({ ...options, cardPolicy: loadCardPolicy(policy) }),
    setNow: (instant) => {
      at = new Date(instant);
    },
  };
}

/** A member without a card. */
export const aMember = ({ options }: Cards, member: string) => recordMember(options, { member, name: '张三' });
