import type { ApplicationState, CardApplication } from '../card-file.js';
import { cardAdditionalProcessesOf } from './card-additional-processes.js';

/** Electronic cash in the application's currency, or in the second one of dual currency cards (JR/T 0025.15-2013). */
export type Purse = 'first' | 'second';

/** Balance, limit, single transaction limit, reset threshold, verification limit: what stands for what. */
export const secondPurseTags: Readonly<Record<string, string>> = {
  '9F79': 'DF79',
  '9F77': 'DF77',
  '9F78': 'DF78',
  '9F6D': 'DF76',
  '9F6B': 'DF72',
};

/** The purse of a transaction in this currency; the first one where it is neither's. */
export function purseOf({ data }: CardApplication, currency: string): Purse {
  return currency !== data['9F51'] && currency === data.DF71 ? 'second' : 'first';
}

/** In qPBOC the second purse is there for the low-value option alone. */
export function qpbocPurseOf(application: CardApplication, currency: string): Purse {
  const processes = cardAdditionalProcessesOf(application.data);
  const onlyLowValue =
    processes.has('low-value') &&
    !processes.has('low-value-and-cumulative') &&
    !processes.has('low-value-or-cumulative');
  return onlyLowValue ? purseOf(application, currency) : 'first';
}

/** The application as it stands in a transaction with this purse: the second purse's objects in the place of the first's. */
export function withPurse(application: CardApplication, purse: Purse): CardApplication {
  if (purse === 'first') return application;
  const { data } = application;
  const swapped = Object.entries(secondPurseTags).flatMap(([tag, second]) =>
    data[second] === undefined ? [] : [[tag, data[second]] as const],
  );
  return { ...application, data: { ...data, '9F51': data.DF71 ?? '', ...Object.fromEntries(swapped) } };
}

/** The state in which `balance` is that of this purse. */
export function stateWithPurse(state: ApplicationState, purse: Purse): ApplicationState {
  return purse === 'first' ? state : { ...state, balance: state.secondBalance, secondBalance: state.balance };
}
