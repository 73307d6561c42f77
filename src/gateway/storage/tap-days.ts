import { type RawBuilder, sql } from 'kysely';

/** Days begin as service days do in Ningbo, at 03:00+08:00, so that most prices ask for one day. Any beginning would do. */
const BEFORE_MIDNIGHT_MS = 5 * 3_600_000;
const DAY_MS = 86_400_000;

/** The day of a tap, as the index `taps_by_day` says it (migration 201). */
export const tapDay = (atMs: string): RawBuilder<number> =>
  sql`((${sql.ref(atMs)} + ${sql.lit(BEFORE_MIDNIGHT_MS)}) / ${sql.lit(DAY_MS)})`;

/** The same of an instant: both engines cut towards zero. */
export const tapDayAt = (ms: number): number => Math.trunc((ms + BEFORE_MIDNIGHT_MS) / DAY_MS);

/** As much of a card's token as tells it from others of a day; whoever asks by it asks for the whole token too. */
export const TOKEN_START = 16;
export const tokenStart = (token: string): RawBuilder<string> =>
  sql`substr(${sql.ref(token)}, 1, ${sql.lit(TOKEN_START)})`;
