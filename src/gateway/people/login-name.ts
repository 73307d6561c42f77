/** Letters that look like others do not come in: Han characters, and what is left of ASCII once it is made small. */
const LOGIN_NAME = /^[\p{Script=Han}a-z0-9][\p{Script=Han}a-z0-9._@-]{1,63}$/u;

/** A mobile number, or that of an identity card: names are stored and shown as they are. */
const PERSONAL = /^(1\d{10}|\d{15}|\d{17}[\dx])$/;

/**
 * The one form of a login name in which it is stored and compared, so that `Zhang`, `ZHANG` and `ｚｈａｎｇ` are one
 * account and one count of failures (Unicode NFKC, small letters).
 */
export const canonicalLoginName = (text: string): string =>
  text.trim().normalize('NFKC').toLowerCase().normalize('NFKC').trim();

/** Whether an account may be called so; `personal`: it is a number of a person, which no name may be. */
export function judgeLoginName(canonical: string): 'good' | 'malformed' | 'personal' {
  if (!LOGIN_NAME.test(canonical)) return 'malformed';
  return PERSONAL.test(canonical) ? 'personal' : 'good';
}
