import commonest from './common-passwords.json';
import policy from './people-policy.json';

export type PasswordFault = 'password-too-short' | 'password-too-long' | 'password-common' | 'password-like-name';

const { lengthMin, lengthMax, lettersLeftMin } = policy.password;

/**
 * What is wrong with a password, by its length and by what is left of it once the commonest passwords, runs of one
 * letter and the account's own name are taken out (NIST SP 800-63B §3.1.1.2); no mixture of kinds of letters is asked for.
 */
export function judgePassword(password: string, loginName: string): PasswordFault | undefined {
  const text = password.normalize('NFKC');
  const length = [...text].length;
  if (length < lengthMin) return 'password-too-short';
  if (length > lengthMax) return 'password-too-long';
  const small = text.toLowerCase();
  const withoutCommon = without(small, commonest);
  if (lettersIn(withoutCommon) < lettersLeftMin) return 'password-common';
  const parts = loginName.split(/[._@-]/).filter((part) => [...part].length > 2);
  return lettersIn(without(withoutCommon, [loginName, ...parts])) < lettersLeftMin ? 'password-like-name' : undefined;
}

/** Longer ones first: they hold shorter ones. */
function without(text: string, parts: readonly string[]): string {
  let rest = text;
  for (const part of parts) rest = rest.replaceAll(part, ' ');
  return rest;
}

/** Each letter or sign counts once for a run of it. */
const lettersIn = (text: string): number => [...text.replace(/\s+/g, '').replace(/(.)\1+/gu, '$1')].length;
