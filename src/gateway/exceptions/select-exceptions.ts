import { type RawBuilder, sql } from 'kysely';
import type { ExceptionKind } from './exception-view.js';

/** One row of all that wants a look. */
export interface ExceptionRow {
  readonly id: string;
  readonly kind: ExceptionKind;
  readonly code: string;
  readonly operator: string;
  readonly terminal: string | null;
  readonly sequence: number | null;
  readonly to_sequence: number | null;
  readonly tap_id: string | null;
  readonly journey_id: string | null;
  readonly card_mask: string | null;
  readonly at: string | null;
  readonly since_ms: number;
  readonly score: number | null;
  readonly parts: string | null;
  readonly offset_ms: number | null;
}

const none = sql`cast(null as text)`;
const noNumber = sql`cast(null as bigint)`;
const text = (value: string) => sql`cast(${sql.lit(value)} as text)`;

/** Taps with a reason against them; `condition` says which. */
const ofTaps = (
  kind: ExceptionKind,
  condition: RawBuilder<unknown>,
  code: RawBuilder<unknown>,
  id: RawBuilder<unknown> = sql`taps.id`,
) => sql`
  select ${id} as id, ${text(kind)} as kind, ${code} as code, taps.operator as operator, taps.terminal as terminal,
    taps.sequence as sequence, ${noNumber} as to_sequence, taps.id as tap_id, ${none} as journey_id,
    taps.card_mask as card_mask, taps.at as at, taps.received_at_ms as since_ms,
    suspicions.score as score, suspicions.parts as parts, ${noNumber} as offset_ms
  ${condition}`;

const suspicionOfTap = sql`suspicions on suspicions.card_token = taps.card_token and suspicions.tap_id = taps.id`;

function branchOf(kind: ExceptionKind, today: string): RawBuilder<unknown> {
  switch (kind) {
    case 'refused':
      return ofTaps(
        kind,
        sql`from taps left join ${suspicionOfTap} and suspicions.is_set_aside = 1
          where taps.refusal is not null and suspicions.tap_id is null`,
        sql`taps.refusal`,
      );
    case 'set-aside':
      return ofTaps(
        kind,
        sql`from taps join ${suspicionOfTap} where taps.refusal is not null and suspicions.is_set_aside = 1`,
        sql`taps.refusal`,
      );
    case 'marked':
      return ofTaps(
        kind,
        sql`from suspicions join taps on taps.card_token = suspicions.card_token and taps.id = suspicions.tap_id
          where suspicions.is_set_aside = 0`,
        sql`suspicions.code`,
        sql`taps.id || '.marked'`,
      );
    case 'conflict':
      return sql`
        select tap_conflicts.tap_id || '.' || tap_conflicts.content_hash as id, ${text(kind)} as kind,
          ${text('content-conflict')} as code, taps.operator, taps.terminal, taps.sequence, ${noNumber}, taps.id, ${none},
          taps.card_mask, taps.at, tap_conflicts.received_at_ms as since_ms, ${noNumber}, ${none}, ${noNumber}
        from tap_conflicts
        join taps on taps.id = tap_conflicts.tap_id`;
    case 'gap':
      return sql`
        select id, ${text(kind)} as kind, ${text('sequence-gap')} as code, operator, terminal,
          from_sequence as sequence, to_sequence, ${none}, ${none}, ${none}, ${none}, found_at_ms as since_ms,
          ${noNumber}, ${none}, ${noNumber}
        from terminal_gaps`;
    case 'clock':
      return sql`
        select 'clk' || substr(id, 4) || '.' || clock_since_ms as id, ${text(kind)} as kind,
          'clock-' || clock_state as code, operator, terminal, ${noNumber}, ${noNumber}, ${none}, ${none}, ${none},
          ${none}, clock_since_ms as since_ms, ${noNumber}, ${none}, clock_offset_ms
        from terminals where clock_state in ('ahead', 'behind')`;
    case 'unfinished':
      return sql`
        select id || '.unfinished' as id, ${text(kind)} as kind, ${text('journey-unfinished')} as code, operator, ${none}, ${noNumber},
          ${noNumber}, ${none}, id, card_mask, started_at, started_at_ms as since_ms, ${noNumber}, ${none}, ${noNumber}
        from journeys where status = 'open' and service_day < ${today}`;
  }
}

/** All that wants a look, of some kinds, as one table. `today`: the service day that is not over. */
export function selectExceptions(kinds: readonly ExceptionKind[], today: string): RawBuilder<ExceptionRow> {
  // The first branch names the columns.
  const head = ofTaps('refused', sql`from taps left join ${suspicionOfTap} where 1 = 0`, sql`taps.refusal`);
  return sql<ExceptionRow>`${sql.join([head, ...kinds.map((kind) => branchOf(kind, today))], sql` union all `)}`;
}
