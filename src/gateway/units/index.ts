export { mayChangeUnits } from './may-change-units.js';
export {
  listUnits,
  readUnit,
  readUnitEvents,
  unitPathOf,
} from './read-units.js';
export { readUnitsFile, type UnitsSource, unitColumns } from './read-units-file.js';
export { moveUnit, type RecordedUnits, recordUnits } from './record-units.js';
export { newUnitSchema, type Unit } from './unit.js';
export { unitIdSchema } from './unit-id.js';
export { unitLevels } from './unit-levels.js';
export { UnitsError } from './units-error.js';
