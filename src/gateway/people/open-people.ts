import { type Accounts, createAccounts } from './accounts.js';
import { createLogIn } from './log-in.js';
import { createLoginGuard } from './login-guard.js';
import { createOwnAccount, type OwnAccount } from './own-account.js';
import { createPasswords } from './passwords.js';
import type { PeopleOptions } from './people-options.js';
import { createSecondFactors, type SecondFactors } from './second-factor.js';
import { createSessions, type Sessions } from './sessions.js';

/** Accounts of people, and what they prove themselves with. */
export interface People {
  readonly accounts: Accounts;
  readonly logIn: ReturnType<typeof createLogIn>;
  readonly own: OwnAccount;
  readonly sessions: Sessions;
  readonly secondFactors: SecondFactors;
}

export function openPeople(options: PeopleOptions): People {
  const parts = {
    ...options,
    guard: createLoginGuard(options),
    passwords: createPasswords(options),
    sessions: createSessions(options),
    secondFactors: createSecondFactors(options),
  };
  const { sessions, secondFactors } = parts;
  return {
    accounts: createAccounts(parts),
    logIn: createLogIn(parts),
    own: createOwnAccount(parts),
    sessions,
    secondFactors,
  };
}
