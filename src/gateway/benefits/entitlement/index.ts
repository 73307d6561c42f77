export { type Conditions, conditionsSchema } from './conditions-schema.js';
export {
  type ConditionRefusal,
  decideEntitlement,
  type Entitlement,
  type EntitlementQuestion,
} from './decide-entitlement.js';
export type { Person } from './person.js';
export { type PersonsQuery, personsOf, readPersons } from './read-persons.js';
