import type { LedgerAccount } from '../../storage/index.js';

/** One entry of a transaction. What is owed to us is above zero, what we owe below. */
export interface LedgerLine {
  readonly account: LedgerAccount;
  /** Operator, sponsor or card token; empty for an account that has no parties. */
  readonly party: string;
  /** In whose settlement it goes; empty where it goes in none. */
  readonly operator: string;
  readonly amountFen: number;
}

/** The account's party, told apart from all others. */
export const accountOf = ({ account, party }: Pick<LedgerLine, 'account' | 'party'>): string => `${account} ${party}`;

/** The lines that move something. Throws RangeError where they do not sum to zero. */
export function balanced(lines: readonly LedgerLine[]): LedgerLine[] {
  const sumFen = lines.reduce((sum, { amountFen }) => sum + amountFen, 0);
  if (sumFen !== 0) throw new RangeError(`the entries sum to ${sumFen} fen and not to zero`);
  return lines.filter(({ amountFen }) => amountFen !== 0);
}
