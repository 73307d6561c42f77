import { decodeNumeric, toHex } from '../../../emv/bytes.js';
import type { DataMap } from '../../../emv/tlv/index.js';
import type { ApplicationState, CardApplication } from '../card-file.js';
import { convertSecondCurrency } from './currency-conversion.js';
import { namedBits } from './named-bits.js';

/** What the checks of GENERATE AC look at. */
export interface RiskInput {
  readonly data: Readonly<Record<string, string>>;
  /** Bits of application default action, 9F52. */
  readonly actions: ReadonlySet<string>;
  /** Bits of the application interchange profile as it was answered. */
  readonly profile: ReadonlySet<string>;
  readonly state: ApplicationState;
  readonly electronicCash: boolean;
  /** VERIFY was given in this transaction. */
  readonly verified: boolean;
  /** 9F02, smallest unit. */
  readonly amount: number;
  /** 5F2A and 9F1A, upper-case hex; undefined where the terminal filled zeros. */
  readonly currency: string | undefined;
  readonly country: string | undefined;
}

export function riskInput(
  application: CardApplication,
  state: ApplicationState,
  transaction: {
    readonly terminalData: DataMap;
    readonly profile: ReadonlySet<string>;
    readonly electronicCash: boolean;
    readonly verified: boolean;
  },
): RiskInput {
  const { terminalData, ...rest } = transaction;
  const said = (tag: string) => {
    const value = toHex(terminalData.get(tag) ?? new Uint8Array(0));
    return /^0*$/.test(value) ? undefined : value;
  };
  return {
    ...rest,
    data: application.data,
    actions: namedBits('9F52', application.data['9F52']),
    state,
    amount: decodeNumeric(terminalData.get('9F02') ?? new Uint8Array(0)) ?? 0,
    currency: said('5F2A'),
    country: said('9F1A'),
  };
}

export const isForeignCurrency = ({ data, currency }: RiskInput): boolean =>
  currency !== undefined && data['9F51'] !== undefined && currency !== data['9F51'];

export const isForeignCountry = ({ data, country }: RiskInput): boolean =>
  country !== undefined && data['9F57'] !== undefined && country !== data['9F57'];

/** What a transaction adds to the sum of amounts in both application currencies. */
export function dualCurrencyAmount({ data, currency, amount }: RiskInput): number {
  if (currency === undefined) return 0;
  if (currency === data['9F51']) return amount;
  if (currency === data['9F76'] && data['9F73'] !== undefined) return convertSecondCurrency(amount, data['9F73']);
  return 0;
}
