export {
  isCardReachable,
  isReachable,
  mayReachMember,
  mayReachUnit,
  type Reach,
  type ReachColumns,
  whereReachable,
} from './reach.js';
export { allRoles, type Belonging, hasScope, isRole, mayUse, type Role, roleDefinitions } from './roles.js';
