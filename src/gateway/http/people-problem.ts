import type { AccountFault, LogInOutcome, PasswordFault, Refused } from '../people/index.js';
import { Problem } from './problem.js';

const retryAfter = (seconds: number) => ({ headers: { 'retry-after': String(seconds) } });

/** While too many passwords are checked already. */
const BUSY_SECONDS = 5;

const PASSWORD_WORDS: Readonly<Record<PasswordFault, string>> = {
  'password-too-short': 'at least 12 characters',
  'password-too-long': 'at most 128 characters',
  'password-common': 'little is left of it without the commonest passwords',
  'password-like-name': 'little is left of it without the login name',
};

const ACCOUNT_WORDS: Readonly<Record<AccountFault, readonly [pointer: string, message: string]>> = {
  'name-malformed': ['/name', '2 to 64 letters, digits, dots, dashes, _ or @'],
  'name-personal': ['/name', 'the number of a person’s mobile or identity card is no login name'],
  'name-taken': ['/name', 'there is such an account already'],
  'roles-apart': ['/roles', 'these roles do not belong to the same: make an account for each'],
  'roles-beyond': ['/roles', 'you do not look after accounts of such a role'],
  'belonging-wrong': ['', 'one of member, unit, bank and operator, as the roles want it, and no other'],
  'belonging-unknown': ['', 'the member or the unit is not there, or not in your reach'],
};

/** What came of a log-in that did not succeed. */
export function logInProblem(outcome: Exclude<LogInOutcome, { kind: 'done' }>): Problem {
  if (outcome.kind === 'locked') return new Problem('login-locked', retryAfter(outcome.seconds));
  if (outcome.kind === 'busy') return new Problem('login-busy', retryAfter(BUSY_SECONDS));
  return new Problem(outcome.kind === 'failed' ? 'login-failed' : 'second-factor-needed');
}

const REFUSALS = {
  'password-wrong': 'password-wrong',
  'code-wrong': 'second-factor-wrong',
  'already-set': 'second-factor-set-already',
  'not-set': 'second-factor-not-set',
  needed: 'second-factor-kept',
  unknown: 'invitation-unknown',
  over: 'session-over',
} as const;

/** Why somebody's own account stays as it is. */
export function ownAccountProblem(refused: Refused): Problem {
  if (refused.kind === 'locked') return new Problem('login-locked', retryAfter(refused.seconds));
  if (refused.kind === 'busy') return new Problem('login-busy', retryAfter(BUSY_SECONDS));
  if (refused.kind !== 'password-refused') return new Problem(REFUSALS[refused.kind]);
  const { fault } = refused;
  const errors = [{ pointer: '/password', code: fault, message: PASSWORD_WORDS[fault] }];
  return new Problem('password-refused', { detail: PASSWORD_WORDS[fault], errors });
}

export function accountProblem(fault: AccountFault): Problem {
  const [pointer, message] = ACCOUNT_WORDS[fault];
  const errors = [{ pointer, code: fault, message }];
  return new Problem(fault === 'name-taken' ? 'login-name-taken' : 'account-invalid', { detail: message, errors });
}
