const FACTOR_DIGITS = 7;

/**
 * An amount of the second application currency in the first one's unit: the factor's first digit says by how many places
 * its decimal point stands left of the end (9F73, n8; JR/T 0025.5-2013 annex A). Rounded down to a whole unit; 0 by a
 * factor that is not of format n8.
 *
 * @example convertSecondCurrency(1000, '31234567')  // 1234567: 1000 × 1234.567
 */
export function convertSecondCurrency(amount: number, factor: string): number {
  if (!/^\d{8}$/.test(factor)) return 0;
  const places = Number(factor.slice(0, 1));
  const digits = BigInt(factor.slice(1, 1 + FACTOR_DIGITS));
  return Number((BigInt(amount) * digits) / 10n ** BigInt(places));
}
