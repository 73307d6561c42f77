import { toHex } from '../../../emv/bytes.js';
import type { ApplicationState, CardApplication } from '../card-file.js';
import { amountOf } from '../personalized.js';
import { purseOf, stateWithPurse, withPurse } from './purse.js';
import type { TerminalRequest } from './terminal-request.js';

interface Asked {
  /** The application as the purse of the transaction's currency makes it. */
  readonly application: CardApplication;
  readonly state: ApplicationState;
  readonly request: TerminalRequest;
}

interface Condition {
  readonly name: string;
  readonly reference: string;
  holds(asked: Asked): boolean;
}

const REFERENCE = 'JR/T 0025.13-2013 7.4.2';

/** All of them have to hold, or the card starts an ordinary transaction. */
const electronicCashConditions: readonly Condition[] = [
  {
    name: 'the application has electronic cash over contact',
    reference: REFERENCE,
    holds: ({ application }) => application.electronicCashData !== undefined && application.data['9F79'] !== undefined,
  },
  {
    name: 'the terminal can take it (9F7A)',
    reference: REFERENCE,
    holds: ({ request }) => toHex(request.data.get('9F7A') ?? new Uint8Array(0)) === '01',
  },
  {
    name: 'the currency is the card’s',
    reference: `${REFERENCE}, JR/T 0025.15-2013`,
    holds: ({ application, request }) => request.currency === application.data['9F51'],
  },
  {
    name: 'the terminal was asked for the amount',
    reference: 'JR/T 0025.13-2013 7.4.1',
    holds: ({ request }) => request.data.has('9F02'),
  },
  {
    name: 'the amount is within the balance',
    reference: REFERENCE,
    holds: ({ state, request }) => request.amount <= state.balance,
  },
  {
    name: 'the amount is within the single transaction limit',
    reference: REFERENCE,
    holds: ({ application: { data }, request }) => request.amount <= (amountOf(data, '9F78') ?? Infinity),
  },
  {
    name: 'issuer authentication did not fail last time',
    reference: REFERENCE,
    holds: ({ state }) => !state.issuerAuthenticationFailed,
  },
  { name: 'the last script did not fail', reference: REFERENCE, holds: ({ state }) => !state.scriptFailed },
  { name: 'the PIN is not blocked', reference: REFERENCE, holds: ({ state }) => state.pinTriesLeft > 0 },
];

export function takesElectronicCash(
  personalized: CardApplication,
  state: ApplicationState,
  request: TerminalRequest,
): boolean {
  const purse = purseOf(personalized, request.currency);
  const asked = {
    application: withPurse(personalized, purse),
    state: stateWithPurse(state, purse),
    request,
  };
  return electronicCashConditions.every((condition) => condition.holds(asked));
}
