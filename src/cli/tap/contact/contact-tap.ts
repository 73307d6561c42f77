import type { ContactOutcome, ContactTerminal } from '../../../../emv/index.js';
import type { AuthorizationAnswer, StruckFault } from '../../../../simulator/index.js';
import type { ContactRun } from '../../../terminal/index.js';
import type { CommandError } from '../../exit-codes.js';
import type { TapTiming } from '../timing/split-time.js';
import type { TimedExchange } from '../timing/timed-exchange.js';
import type { ContactTransactionType } from './contact-options.js';

/** A contact transaction with all that was around it. */
export interface ContactTap {
  readonly type: ContactTransactionType;
  readonly amountFen: number;
  readonly at: Date;
  readonly terminal: ContactTerminal;
  readonly run: ContactRun;
  readonly exchanges: readonly TimedExchange[];
  readonly timing: TapTiming;
  /** `unable`: asked, and not answered; absent where nobody was asked. */
  readonly issuer?: AuthorizationAnswer | 'unable' | undefined;
  /** Why it does not speak with this terminal: the transaction went on as if it were not reached. */
  readonly refusal?: CommandError | undefined;
  /** Whether the issuer heard how it ended; absent where there was nothing to tell. */
  readonly isConfirmed?: boolean | undefined;
  /** What a software card did wrong because it was told to. */
  readonly struck?: readonly StruckFault[] | undefined;
  /** Of the electronic cash after the transaction, fen, where the card told it. */
  readonly purseFen?: number | undefined;
}

const PERFORMED = 2;

/** Approved; and a load that the card did not carry out is none. */
export function isAccepted({ type, run: { outcome } }: Pick<ContactTap, 'type' | 'run'>): boolean {
  return isApproved(outcome) && (type !== 'load' || isCarriedOut(outcome));
}

export const isApproved = ({ outcome }: Pick<ContactOutcome, 'outcome'>): boolean =>
  outcome === 'approved-offline' || outcome === 'approved-online';

/** Whether there were scripts, and the card performed all of them (EMV 4.3 Book 4 Annex A5). */
const isCarriedOut = ({ scriptResults }: Pick<ContactOutcome, 'scriptResults'>): boolean =>
  scriptResults.length > 0 && scriptResults.every((result) => result[0]! >> 4 === PERFORMED);
