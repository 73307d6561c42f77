export { mayChangeUnits } from './may-change-units.js';
export {
  listUnits,
  readUnit,
  readUnitEvents,
  type UnitEvent,
  type UnitQuery,
  unitPathOf,
} from './read-units.js';
export { readUnitsFile, type UnitsSource, unitColumns } from './read-units-file.js';
export { moveUnit, type Reason, type RecordedUnits, recordUnits } from './record-units.js';
export { type NewUnit, newUnitSchema, type Unit } from './unit.js';
export { unitIdSchema } from './unit-id.js';
export { type UnitLevel, unitLevels } from './unit-levels.js';
export { type UnitIssue, UnitsError } from './units-error.js';
