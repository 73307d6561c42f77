import type { ApplicationState } from '../card-file.js';

/** What became of issuer authentication: `missing` where it was mandatory, `omitted` where it was not. */
export type IssuerAuthentication = 'succeeded' | 'failed' | 'not-supported' | 'omitted' | 'missing';

export interface CompletionAction {
  readonly type: 'TC' | 'AAC';
  /** 9F27 asks for an advice. */
  readonly advises: boolean;
  apply(state: ApplicationState): ApplicationState;
}

interface CompletionRow {
  readonly reference: string;
  readonly authentication: readonly IssuerAuthentication[];
  readonly approved: boolean;
  /** A bit of 9F52 that has to be as told. */
  readonly action?: { readonly bit: string; readonly isSet: boolean };
  readonly type: 'TC' | 'AAC';
  readonly effect: keyof typeof effects;
}

const cleared = {
  onlineAuthorizationPending: false,
  staticDataAuthenticationFailed: false,
  dynamicDataAuthenticationFailed: false,
  scriptCommands: 0,
  scriptFailed: false,
} as const;

const effects = {
  /** An online approval puts every counter back. */
  'clear-all': (state: ApplicationState): ApplicationState => ({
    ...state,
    ...cleared,
    cumulativeOfflineAmount: 0,
    cumulativeDualCurrencyAmount: 0,
    foreignCurrencyTransactions: 0,
    foreignCountryTransactions: 0,
    lastOnlineApplicationTransactionCounter: state.applicationTransactionCounter,
  }),
  /** An online decline clears the flags alone. */
  'clear-flags': (state: ApplicationState): ApplicationState => ({ ...state, ...cleared }),
  'remember-failure': (state: ApplicationState): ApplicationState => ({ ...state, issuerAuthenticationFailed: true }),
  nothing: (state: ApplicationState): ApplicationState => state,
} as const;

const REFERENCE = 'JR/T 0025.5-2013 16.6';
const present = ['succeeded', 'not-supported', 'omitted'] as const;

/** The first row that fits counts. */
const completionRows: readonly CompletionRow[] = [
  { reference: REFERENCE, authentication: present, approved: true, type: 'TC', effect: 'clear-all' },
  {
    reference: REFERENCE,
    authentication: ['failed'],
    approved: true,
    action: { bit: 'declineAfterFailedIssuerAuthentication', isSet: false },
    type: 'TC',
    effect: 'nothing',
  },
  { reference: REFERENCE, authentication: ['failed'], approved: true, type: 'AAC', effect: 'nothing' },
  {
    reference: REFERENCE,
    authentication: ['missing'],
    approved: true,
    action: { bit: 'declineWithoutIssuerAuthentication', isSet: false },
    type: 'TC',
    effect: 'remember-failure',
  },
  { reference: REFERENCE, authentication: ['missing'], approved: true, type: 'AAC', effect: 'remember-failure' },
  { reference: REFERENCE, authentication: present, approved: false, type: 'AAC', effect: 'clear-flags' },
  { reference: REFERENCE, authentication: ['missing'], approved: false, type: 'AAC', effect: 'remember-failure' },
  { reference: REFERENCE, authentication: ['failed'], approved: false, type: 'AAC', effect: 'nothing' },
];

/** What the card does once the issuer has spoken; `approved`: a TC is asked for, and the issuer's code allows it. */
export function completionAction(
  authentication: IssuerAuthentication,
  approved: boolean,
  actions: ReadonlySet<string>,
): CompletionAction {
  const row = completionRows.find(
    (one) =>
      one.approved === approved &&
      one.authentication.includes(authentication) &&
      (one.action === undefined || actions.has(one.action.bit) === one.action.isSet),
  )!;
  const refusedForAuthentication = approved && row.type === 'AAC';
  return {
    type: row.type,
    advises: refusedForAuthentication && actions.has('adviceAfterFailedIssuerAuthentication'),
    apply: effects[row.effect],
  };
}

/** 01 and 02 ask the merchant to call; a terminal that then asks for a TC was told yes (JR/T 0025.5-2013 16.6). */
const APPROVALS = ['00', '10', '11', '01', '02'];

export const issuerApproves = (authorizationResponseCode: string): boolean =>
  APPROVALS.includes(authorizationResponseCode);
