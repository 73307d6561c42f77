import { decodeNumeric } from '../bytes.js';
import kinds from './issuer-discretionary-data.json';
import { ValueError } from './value-error.js';

export type IssuerDiscretionaryAmount =
  | 'electronicCashBalance'
  | 'cumulativeTotalTransactionAmount'
  | 'cumulativeTotalTransactionAmountLimit'
  | 'availableOfflineSpendingAmount';

/** What the issuer has put after the fixed part of 9F10 (JR/T 0025.12-2013 Annex D.5). */
export interface IssuerDiscretionaryData {
  /** 01 to 05 have {@link amounts} and a MAC; others are the issuer's own. */
  readonly kind?: number;
  /** In the smallest unit of the card's currency. */
  readonly amounts: Readonly<Partial<Record<IssuerDiscretionaryAmount, number>>>;
  /** 4 bytes; absent where the kind is the issuer's own. */
  readonly messageAuthenticationCode?: Uint8Array;
  /** All of it, without the length. */
  readonly bytes: Uint8Array;
}

const TAG = '9F10';
const AMOUNT_LENGTH = 5;
const MAC_LENGTH = 4;
const amountsOfKind: ReadonlyMap<number, readonly IssuerDiscretionaryAmount[]> = new Map(
  kinds.map(({ kind, amounts }) => [kind, amounts as IssuerDiscretionaryAmount[]]),
);

/** `bytes` is the whole 9F10, the length of the discretionary data stands at `offset`. Throws {@link ValueError}. */
export function readIssuerDiscretionaryData(bytes: Uint8Array, offset: number): IssuerDiscretionaryData {
  const content = bytes.subarray(offset + 1);
  if (content.length !== bytes[offset]) throw new ValueError('iad-discretionary-data-invalid', offset, TAG);
  const kind = content[0];
  if (kind === undefined) return { amounts: {}, bytes: content };
  const names = amountsOfKind.get(kind);
  // A static value of the issuer's own may begin with any byte: only the length tells it from an amount.
  if (names === undefined || content.length !== 1 + names.length * AMOUNT_LENGTH + MAC_LENGTH) {
    return { kind, amounts: {}, bytes: content };
  }
  const amounts: Partial<Record<IssuerDiscretionaryAmount, number>> = {};
  for (const [index, name] of names.entries()) {
    const start = 1 + index * AMOUNT_LENGTH;
    const amount = decodeNumeric(content.subarray(start, start + AMOUNT_LENGTH));
    if (amount === undefined) throw new ValueError('iad-discretionary-data-invalid', offset + 1 + start, TAG);
    amounts[name] = amount;
  }
  return {
    kind,
    amounts,
    messageAuthenticationCode: content.subarray(-MAC_LENGTH),
    bytes: content,
  };
}
