import type { Status } from '../answer.js';
import type { ApplicationState, CardApplication } from '../card-file.js';
import { amountOf } from '../personalized.js';
import { cardAdditionalProcessesOf } from '../transaction/card-additional-processes.js';
import { namedBits } from '../transaction/named-bits.js';
import type { Purse } from '../transaction/purse.js';
import type { TerminalRequest } from '../transaction/terminal-request.js';
import { type CappIndicator, type CappPlace, cappIndicators, samePlace } from './capp-transaction.js';

const PRE_AUTHORIZATIONS_MAX = 3;

/** What DF60 makes of a transaction. */
export type Extension =
  | { readonly kind: 'none' }
  | { readonly kind: 'refused'; readonly status: Status }
  | {
      readonly kind: 'extended';
      readonly indicator: CappIndicator;
      /** What the card may spend in the place of its balance: risk management is done with it. */
      readonly usable: number;
      /** The amounts after an approval. */
      settle(amount: number): Settlement;
    };

export interface Settlement extends Pick<ApplicationState, 'balance' | 'offsetUsed' | 'preAuthorizations'> {
  readonly exceedsOffset: boolean;
}

interface Asked {
  readonly application: CardApplication;
  readonly state: ApplicationState;
  readonly lastRead: CappPlace | undefined;
}

interface ExtensionRule {
  readonly reference: string;
  /** Bits of DF61, one of which the card must have. */
  readonly needs: readonly string[];
  refuses(asked: Asked): Status | undefined;
  usable(asked: Asked): number;
  settle(asked: Asked, amount: number): Settlement;
}

const offsetLimit = ({ application: { data } }: Asked): number => amountOf(data, 'DF62') ?? 0;

const frozenOf = ({ state, lastRead }: Asked) => state.preAuthorizations.find((place) => samePlace(lastRead, place));

/** Money that is given back repays what was taken beyond the balance before it fills the purse. */
export function giveBack(state: Pick<ApplicationState, 'balance' | 'offsetUsed'>, amount: number) {
  const repaid = Math.min(amount, state.offsetUsed);
  return { balance: state.balance + amount - repaid, offsetUsed: state.offsetUsed - repaid };
}

/** One rule for each value of DF60. */
const extensionRules: Readonly<Record<CappIndicator, ExtensionRule>> = {
  'segment-deduction': {
    reference: 'JR/T 0025.14-2013 5.2.2, 5.2.7',
    needs: ['segmentDeductionOnly', 'preAuthorization'],
    refuses: () => undefined,
    usable: (asked) => asked.state.balance + offsetLimit(asked) - asked.state.offsetUsed,
    settle: (asked, amount) => {
      const { balance, offsetUsed, preAuthorizations } = asked.state;
      const beyond = Math.max(0, amount - balance);
      return {
        balance: Math.max(0, balance - amount),
        offsetUsed: offsetUsed + beyond,
        preAuthorizations,
        exceedsOffset: beyond > 0 && offsetUsed + beyond >= offsetLimit(asked),
      };
    },
  },
  'pre-authorization': {
    reference: 'JR/T 0025.14-2013 6.2.3',
    needs: ['preAuthorization'],
    refuses: (asked) => {
      if (asked.lastRead === undefined) return 'conditions-not-satisfied';
      if (frozenOf(asked) !== undefined) return 'pre-authorization-open';
      return asked.state.preAuthorizations.length >= PRE_AUTHORIZATIONS_MAX ? 'too-many-pre-authorizations' : undefined;
    },
    usable: ({ state }) => state.balance,
    settle: ({ state, lastRead }, amount) => {
      const { shortFileIdentifier, identifier } = lastRead!;
      return {
        balance: state.balance - amount,
        offsetUsed: state.offsetUsed,
        preAuthorizations: [...state.preAuthorizations, { shortFileIdentifier, identifier, amount }],
        exceedsOffset: false,
      };
    },
  },
  completion: {
    reference: 'JR/T 0025.14-2013 6.2.4',
    needs: ['preAuthorization'],
    refuses: (asked) => (frozenOf(asked) === undefined ? 'no-pre-authorization' : undefined),
    usable: (asked) => asked.state.balance + frozenOf(asked)!.amount,
    settle: (asked, amount) => {
      const { state } = asked;
      const frozen = frozenOf(asked)!;
      const rest = frozen.amount - amount;
      const money = rest >= 0 ? giveBack(state, rest) : { balance: state.balance + rest, offsetUsed: state.offsetUsed };
      const preAuthorizations = state.preAuthorizations.filter((one) => one !== frozen);
      return { ...money, preAuthorizations, exceedsOffset: false };
    },
  },
};

interface Spending {
  /** As the purse of the transaction makes it, and the state with it. */
  readonly application: CardApplication;
  readonly state: ApplicationState;
  readonly purse: Purse;
}

/**
 * The extension that the terminal wants, where the card has it. Frozen and offset amounts are of the first purse's
 * currency: the second one pays fares from what is in it, as the prepaid option does, and freezes nothing.
 */
export function extend(
  { application, state, purse }: Spending,
  request: TerminalRequest,
  lastRead: CappPlace | undefined,
): Extension {
  const wanted = request.data.get('DF60')?.[0] ?? 0;
  const indicator = Object.hasOwn(cappIndicators, wanted)
    ? cappIndicators[wanted as keyof typeof cappIndicators]
    : undefined;
  if (indicator === undefined || state.blocked !== undefined) return { kind: 'none' };
  if (request.currency !== application.data['9F51']) return { kind: 'none' };
  if (purse === 'second' && indicator !== 'segment-deduction') return { kind: 'none' };
  const rule = extensionRules[indicator];
  const abilities = namedBits('DF61', application.data.DF61);
  if (!rule.needs.some((bit) => abilities.has(bit))) return { kind: 'none' };
  const asked = { application, state, lastRead };
  const status = rule.refuses(asked);
  if (status !== undefined) return { kind: 'refused', status };
  const isPlain = purse === 'second' || cardAdditionalProcessesOf(application.data).has('prepaid');
  return {
    kind: 'extended',
    indicator,
    usable: isPlain && indicator === 'segment-deduction' ? state.balance : rule.usable(asked),
    settle: (amount) => rule.settle(asked, amount),
  };
}
