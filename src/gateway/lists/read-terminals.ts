import { type ListKind, listKinds } from '../../lists/index.js';
import type { GatewayDatabase } from '../storage/index.js';
import { readNewest } from './list-store.js';

export interface TerminalName {
  readonly operator: string;
  readonly terminal: string;
}

export interface TerminalQuery {
  readonly operator?: string | undefined;
  /** Only those that lack a version. */
  readonly behind?: boolean | undefined;
  readonly after?: TerminalName | undefined;
  readonly limit: number;
}

/** What a terminal has of one list. */
export interface TerminalList {
  /** 0: none, or it never said. */
  readonly version: number;
  readonly newest: number;
  /** When the first version came out that it lacks. */
  readonly behindSince?: string;
}

export interface TerminalView extends TerminalName {
  /** When its latest tap came, and what it was. */
  readonly lastSeenAt?: string;
  readonly lastSequence?: number;
  /** By its taps: `ahead` or `behind` where it is off by more than is tolerated. */
  readonly clockState?: 'right' | 'ahead' | 'behind';
  readonly reportedAt?: string;
  /** The terminal's clock as it was told, in seconds ahead of the gateway's. */
  readonly clockAheadSeconds?: number;
  readonly software?: string;
  readonly batteryPercent?: number;
  readonly behind: boolean;
  readonly lists: Readonly<Partial<Record<ListKind, TerminalList>>>;
}

type Database = Pick<GatewayDatabase, 'kysely'>;

/** Every terminal that has tapped or reported, in order of operator and name: what it has applied, and what it lacks. */
export async function readTerminals(
  database: Database,
  query: TerminalQuery,
): Promise<{ readonly terminals: readonly TerminalView[]; readonly next?: TerminalName }> {
  const newest = await newestVersions(database);
  const found: TerminalView[] = [];
  let after = query.after;
  while (true) {
    const names = await readNames(database, { ...query, after }, query.limit + 1);
    for (const view of await describe(database, names, newest)) {
      if (!query.behind || view.behind) found.push(view);
    }
    if (found.length > query.limit) {
      const terminals = found.slice(0, query.limit);
      const { operator, terminal } = terminals.at(-1)!;
      return { terminals, next: { operator, terminal } };
    }
    if (names.length <= query.limit) return { terminals: found };
    after = names.at(-1);
  }
}

async function newestVersions(database: Database): Promise<ReadonlyMap<ListKind, number>> {
  const newest = new Map<ListKind, number>();
  for (const kind of listKinds) {
    const version = (await readNewest(database, kind))?.header.version;
    if (version !== undefined) newest.set(kind, version);
  }
  return newest;
}

async function readNames(
  { kysely }: Database,
  { operator, after }: Pick<TerminalQuery, 'operator' | 'after'>,
  limit: number,
): Promise<readonly TerminalName[]> {
  let names = kysely
    .selectFrom(({ selectFrom }) =>
      selectFrom('terminal_reports')
        .select(['operator', 'terminal'])
        .union(selectFrom('terminals').select(['operator', 'terminal']))
        .as('names'),
    )
    .select(['operator', 'terminal']);
  if (operator !== undefined) names = names.where('operator', '=', operator);
  if (after) {
    names = names.where(({ and, eb, or }) =>
      or([
        eb('operator', '>', after.operator),
        and([eb('operator', '=', after.operator), eb('terminal', '>', after.terminal)]),
      ]),
    );
  }
  return names.orderBy('operator').orderBy('terminal').limit(limit).execute();
}

const keyOf = ({ operator, terminal }: TerminalName): string => JSON.stringify([operator, terminal]);

/** Terminals of one query; both databases take some 32,000 parameters. */
async function describe(
  { kysely }: Database,
  names: readonly TerminalName[],
  newest: ReadonlyMap<ListKind, number>,
): Promise<readonly TerminalView[]> {
  if (names.length === 0) return [];
  const operators = [...new Set(names.map(({ operator }) => operator))];
  const terminals = [...new Set(names.map(({ terminal }) => terminal))];
  const reports = await kysely
    .selectFrom('terminal_reports')
    .selectAll()
    .where('operator', 'in', operators)
    .where('terminal', 'in', terminals)
    .execute();
  const applied = await kysely
    .selectFrom('terminal_lists')
    .selectAll()
    .where('operator', 'in', operators)
    .where('terminal', 'in', terminals)
    .execute();
  const seen = await kysely
    .selectFrom('terminals')
    .select(['operator', 'terminal', 'last_seen_ms', 'last_sequence', 'clock_state'])
    .where('operator', 'in', operators)
    .where('terminal', 'in', terminals)
    .execute();
  const seenOf = new Map(seen.map((row) => [keyOf(row), row]));
  const reportOf = new Map(reports.map((report) => [keyOf(report), report]));
  const versions = new Map(applied.map((row) => [`${keyOf(row)} ${row.kind}`, row.version]));
  const versionOf = (name: TerminalName, kind: ListKind) => versions.get(`${keyOf(name)} ${kind}`) ?? 0;
  const since = await publishedAt({ kysely }, names, versionOf, newest);
  return names.map((name) => {
    const lists = Object.fromEntries(
      [...newest].map(([kind, version]): [string, TerminalList] => {
        const has = versionOf(name, kind);
        const behindSince = since.get(`${kind} ${has + 1}`);
        return [kind, { version: has, newest: version, ...(has < version && behindSince && { behindSince }) }];
      }),
    );
    const behind = Object.values(lists).some(({ version, newest: latest }) => version < latest);
    return { ...name, ...tapped(seenOf.get(keyOf(name))), ...reported(reportOf.get(keyOf(name))), behind, lists };
  });
}

function tapped(
  seen: { last_seen_ms: number; last_sequence: number; clock_state: 'right' | 'ahead' | 'behind' } | undefined,
) {
  if (seen === undefined) return {};
  return {
    lastSeenAt: new Date(Number(seen.last_seen_ms)).toISOString(),
    lastSequence: Number(seen.last_sequence),
    clockState: seen.clock_state,
  };
}

function reported(
  report: { at: string; received_at_ms: number; software: string | null; battery_percent: number | null } | undefined,
) {
  if (report === undefined) return {};
  const receivedMs = Number(report.received_at_ms);
  return {
    reportedAt: new Date(receivedMs).toISOString(),
    clockAheadSeconds: Math.round((Date.parse(report.at) - receivedMs) / 1000),
    ...(report.software !== null && { software: report.software }),
    ...(report.battery_percent !== null && { batteryPercent: report.battery_percent }),
  };
}

/** When the versions came out that terminals lack first. */
async function publishedAt(
  { kysely }: Database,
  names: readonly TerminalName[],
  versionOf: (name: TerminalName, kind: ListKind) => number,
  newest: ReadonlyMap<ListKind, number>,
): Promise<ReadonlyMap<string, string>> {
  const instants = new Map<string, string>();
  for (const [kind, version] of newest) {
    const lacking = [...new Set(names.map((name) => versionOf(name, kind) + 1))].filter((next) => next <= version);
    if (lacking.length === 0) continue;
    const rows = await kysely
      .selectFrom('list_versions')
      .select(['version', 'published_at_ms'])
      .where('kind', '=', kind)
      .where('version', 'in', lacking)
      .execute();
    for (const row of rows) {
      instants.set(`${kind} ${row.version}`, new Date(Number(row.published_at_ms)).toISOString());
    }
  }
  return instants;
}
