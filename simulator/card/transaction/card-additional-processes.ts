import definitions from './card-additional-processes.json' with { type: 'json' };

/** What the issuer chose in card additional processes, 9F68 (JR/T 0025.12-2013 table 13). */
export type CardAdditionalProcess =
  | 'low-value'
  | 'low-value-and-cumulative'
  | 'low-value-or-cumulative'
  | 'new-card-check'
  | 'pin-tries-check'
  | 'offline-in-other-currency'
  | 'contact-preferred-for-online'
  | 'return-available-offline-amount'
  | 'prepaid'
  | 'other-currency-forbidden'
  | 'new-card-declined-offline'
  | 'log-approved-transactions'
  | 'online-pin'
  | 'online-pin-in-other-currency'
  | 'verification-in-other-currency'
  | 'signature';

const LENGTH = 4;

export const cardAdditionalProcesses = definitions.map(({ name }) => name) as CardAdditionalProcess[];

export function encodeCardAdditionalProcesses(names: Iterable<CardAdditionalProcess>): Uint8Array {
  const value = new Uint8Array(LENGTH);
  for (const name of names) {
    const { byte, bit } = definitions.find((definition) => definition.name === name)!;
    value[byte - 1]! |= 1 << (bit - 1);
  }
  return value;
}

/** Without 9F68 a card does the low-value check (JR/T 0025.12-2013 7.9.2). */
export function readCardAdditionalProcesses(value: Uint8Array | undefined): ReadonlySet<CardAdditionalProcess> {
  if (value === undefined) return new Set(['low-value']);
  const set = definitions.filter(({ byte, bit }) => ((value[byte - 1] ?? 0) >> (bit - 1)) & 1);
  return new Set(set.map(({ name }) => name as CardAdditionalProcess));
}
