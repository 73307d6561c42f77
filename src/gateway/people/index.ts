export { accountEvents } from './account-events.js';
export type { AccountView, Belongs } from './account-view.js';
export type { AccountFault, NewAccount } from './accounts.js';
export { forgetPeopleJob } from './forget-job.js';
export type { PasswordFault } from './judge-password.js';
export type { LogInOutcome } from './log-in.js';
export type { Manager } from './managed-accounts.js';
export { openPeople, type People } from './open-people.js';
export { type Asker, isRefused, type Refused } from './own-account.js';
export type { PasswordCost } from './password-hash.js';
export type { PeopleOptions } from './people-options.js';
export {
  isCardReachable,
  isReachable,
  mayReachMember,
  mayReachUnit,
  type Reach,
  type ReachColumns,
  whereReachable,
} from './reach.js';
export { allRoles, type Belonging, hasScope, mayUse, type Role, roleDefinitions } from './roles.js';
export type { LoggedIn, NewSession, Sessions, SessionView } from './sessions.js';
