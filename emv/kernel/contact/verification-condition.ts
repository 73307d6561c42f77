import { equalBytes } from '../../bytes.js';
import type { TerminalKind } from '../terminal-kind.js';

/** What the conditions of the list look at. */
export interface ConditionFacts extends Pick<TerminalKind, 'isAttended' | 'transaction'> {
  readonly amount: number;
  readonly amountX: number;
  readonly amountY: number;
  /** 5F2A. */
  readonly transactionCurrency?: Uint8Array | undefined;
  /** 9F42. */
  readonly applicationCurrency?: Uint8Array | undefined;
  readonly terminalSupportsMethod: boolean;
}

type Condition = (facts: ConditionFacts) => boolean;

const inOwnCurrency = ({ applicationCurrency, transactionCurrency }: ConditionFacts): boolean =>
  applicationCurrency !== undefined &&
  transactionCurrency !== undefined &&
  equalBytes(applicationCurrency, transactionCurrency);

/** Condition codes, second byte of a rule (JR/T 0025.5-2013 A.1, EMV 4.3 Book 3 table 40). */
const CONDITIONS: ReadonlyMap<number, Condition> = new Map<number, Condition>([
  [0x00, () => true],
  [0x01, ({ transaction, isAttended }) => transaction === 'cash' && !isAttended],
  [0x02, ({ transaction }) => transaction !== 'cash' && transaction !== 'cashback'],
  [0x03, ({ terminalSupportsMethod }) => terminalSupportsMethod],
  [0x04, ({ transaction, isAttended }) => transaction === 'cash' && isAttended],
  [0x05, ({ transaction }) => transaction === 'cashback'],
  [0x06, (facts) => inOwnCurrency(facts) && facts.amount < facts.amountX],
  [0x07, (facts) => inOwnCurrency(facts) && facts.amount > facts.amountX],
  [0x08, (facts) => inOwnCurrency(facts) && facts.amount < facts.amountY],
  [0x09, (facts) => inOwnCurrency(facts) && facts.amount > facts.amountY],
]);

/**
 * Whether a rule applies; a condition that is reserved, or whose data the card has not given, does not
 * (JR/T 0025.6-2013 7.7.5.1 step 1).
 */
export const isConditionSatisfied = (code: number, facts: ConditionFacts): boolean =>
  CONDITIONS.get(code)?.(facts) ?? false;
