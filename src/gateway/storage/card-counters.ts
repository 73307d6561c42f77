import { type Kysely, PostgresAdapter, type RawBuilder, sql } from 'kysely';
import type { Tables } from './tables.js';

/** As many hex digits of a card's token as tell it from all others: 96 bits. */
const CARD_DIGITS = 24;
/** The same of a chip among those of one card: 64 bits. */
const CHIP_DIGITS = 16;
/** What every tap's id begins with; behind it are hex digits. */
const TAP = 'tap_';

/** A card as rows of `card_counters` call it. */
export const counterCard = (token: string): Uint8Array => Buffer.from(token.slice(0, CARD_DIGITS), 'hex');

export const counterChip = (chip: string): Uint8Array => Buffer.from(chip.slice(0, CHIP_DIGITS), 'hex');

export const counterTap = (id: string): Uint8Array => Buffer.from(id.slice(TAP.length), 'hex');

/** The id of the tap that a row of `card_counters` names. */
export const counterTapNamed = (tap: Uint8Array): string => TAP + Buffer.from(tap).toString('hex');

/** {@link counterCard} of a column. */
export const counterCardOf = (kysely: Kysely<Tables>, token: string): RawBuilder<Uint8Array> =>
  bytesOf(kysely, sql`substr(${sql.ref(token)}, 1, ${sql.lit(CARD_DIGITS)})`);

export const counterChipOf = (kysely: Kysely<Tables>, chip: string): RawBuilder<Uint8Array> =>
  bytesOf(kysely, sql`substr(${sql.ref(chip)}, 1, ${sql.lit(CHIP_DIGITS)})`);

/** {@link counterTapNamed} of a column. */
export const counterTapId = (kysely: Kysely<Tables>, tap: string): RawBuilder<string> =>
  isPostgres(kysely)
    ? sql`${sql.lit(TAP)} || encode(${sql.ref(tap)}, 'hex')`
    : sql`${sql.lit(TAP)} || lower(hex(${sql.ref(tap)}))`;

const bytesOf = (kysely: Kysely<Tables>, hex: RawBuilder<unknown>): RawBuilder<Uint8Array> =>
  isPostgres(kysely) ? sql`decode(${hex}, 'hex')` : sql`unhex(${hex})`;

const isPostgres = (kysely: Kysely<Tables>): boolean => kysely.getExecutor().adapter instanceof PostgresAdapter;
