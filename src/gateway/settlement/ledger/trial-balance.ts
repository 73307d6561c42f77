import { type Kysely, sql } from 'kysely';
import type { LedgerAccount, Tables } from '../../storage/index.js';
import { type OpenItems, sumOpenItems } from './open-items.js';

export interface TrialBalance {
  /** By account and party; cards together. */
  readonly accounts: readonly {
    readonly account: LedgerAccount;
    readonly party?: string;
    readonly balanceFen: number;
  }[];
  /** Zero, or the books are broken. */
  readonly sumFen: number;
  /** How many days are posted, and how many are closed and not posted yet. */
  readonly settledDays: number;
  readonly unsettledDays: number;
  readonly openItems: OpenItems;
}

/** What stands on each account of the ledger: what is owed to us above zero, what we owe below. */
export async function readTrialBalance(kysely: Kysely<Tables>): Promise<TrialBalance> {
  const rows = await kysely
    .selectFrom('ledger_entries')
    .select('account')
    .select(sql<string>`case when account = 'card' then '' else party end`.as('name'))
    .select(sql<number>`cast(sum(amount_fen) as bigint)`.as('balance_fen'))
    .groupBy(['account', sql`case when account = 'card' then '' else party end`])
    .orderBy('account')
    .orderBy(sql`case when account = 'card' then '' else party end`)
    .execute();
  const { closed, settled } = await kysely
    .selectNoFrom((eb) => [
      eb.selectFrom('service_days').select(sql<number>`count(*)`.as('count')).as('closed'),
      eb.selectFrom('settled_days').select(sql<number>`count(*)`.as('count')).as('settled'),
    ])
    .executeTakeFirstOrThrow();
  return {
    accounts: rows.map(({ account, name, balance_fen }) => ({
      account,
      ...(name !== '' && { party: name }),
      balanceFen: balance_fen,
    })),
    sumFen: rows.reduce((sum, { balance_fen }) => sum + balance_fen, 0),
    settledDays: settled ?? 0,
    unsettledDays: (closed ?? 0) - (settled ?? 0),
    openItems: await sumOpenItems(kysely),
  };
}
