/** The amount nearest to the card's own that keeps to the bounds (`>= 100`), n12; `undefined` where its own does. */
export function amountWithin(bounds: readonly RegExpMatchArray[], own: string | undefined): string | undefined {
  const least = Math.max(
    0,
    ...bounds.map(([, sign, limit]) => (sign === '>=' ? Number(limit) : sign === '>' ? Number(limit) + 1 : 0)),
  );
  const most = Math.min(
    Number.MAX_SAFE_INTEGER,
    ...bounds.map(([, sign, limit]) =>
      sign === '<' ? Number(limit) - 1 : sign === '<=' ? Number(limit) : Number.MAX_SAFE_INTEGER,
    ),
  );
  const value = Number(own ?? least);
  return value >= least && value <= most ? undefined : String(Math.min(Math.max(value, least), most)).padStart(12, '0');
}
