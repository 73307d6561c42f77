/**
 * The date of birth in a resident identity number (GB 11643-1999: digits 7 to 14), YYYY-MM-DD; `undefined` for any other
 * document, and for a date that there is not.
 */
export function birthDateOf(identityNumber: string | undefined): string | undefined {
  const found = /^\d{6}(\d{4})(\d\d)(\d\d)\d{3}[\dXx]$/.exec(identityNumber ?? '');
  if (!found) return undefined;
  const day = `${found[1]}-${found[2]}-${found[3]}`;
  const time = Date.parse(`${day}T00:00Z`);
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== day ? undefined : day;
}
