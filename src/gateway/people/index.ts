export { accountEvents } from './account-events.js';
export type { AccountFault } from './accounts.js';
export { forgetPeopleJob } from './forget-job.js';
export type { PasswordFault } from './judge-password.js';
export type { LogInOutcome } from './log-in.js';
export type { Manager } from './managed-accounts.js';
export { openPeople, type People } from './open-people.js';
export { isRefused, type Refused } from './own-account.js';
export type { PasswordCost } from './password-hash.js';
export {
  isCardReachable,
  isReachable,
  mayReachMember,
  mayReachUnit,
  type Reach,
  whereReachable,
} from './reach.js';
export { allRoles, hasScope, mayUse, type Role, roleDefinitions } from './roles.js';
export type { LoggedIn, NewSession, Sessions } from './sessions.js';
