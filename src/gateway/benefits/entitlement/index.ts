export { conditionsSchema } from './conditions-schema.js';
export {
  type ConditionRefusal,
  decideEntitlement,
  type Entitlement,
} from './decide-entitlement.js';
export type { Person } from './person.js';
export { personsOf, readPersons } from './read-persons.js';
