declare const unit: unique symbol;

/** An integer number of fen (1/100 yuan). Never a float: see {@link fen}. */
export type Fen = number & { readonly [unit]: 'fen' };

/** Takes a number for an amount. Throws RangeError where it is no safe integer. */
export function fen(amount: number): Fen {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`not a whole number of fen: ${amount}`);
  return amount as Fen;
}

/** `4.00 yuan` as people write it, with a sign where it is negative. */
export function formatYuan(amount: number): string {
  const absolute = Math.abs(amount);
  return `${amount < 0 ? '-' : ''}${Math.floor(absolute / 100)}.${String(absolute % 100).padStart(2, '0')}`;
}
