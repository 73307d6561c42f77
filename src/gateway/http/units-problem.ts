import { jsonPointer } from '../field-issues.js';
import { UnitsError } from '../units/index.js';
import { Problem } from './problem.js';

/** Does what records units. What cannot be becomes a problem with every place; those of a file begin with the number of the unit. */
export async function orUnitsInvalid<Result>(what: 'file' | 'unit', recording: Promise<Result>): Promise<Result> {
  try {
    return await recording;
  } catch (error) {
    if (!(error instanceof UnitsError)) throw error;
    const errors = error.issues.map(({ index, line, column, code, message }) => ({
      pointer: jsonPointer([...(what === 'file' ? [index] : []), ...(column === '' ? [] : [column])]),
      code,
      message,
      ...(line !== undefined && { line }),
      ...(what === 'file' && { column }),
    }));
    throw new Problem('units-invalid', { detail: error.message, errors });
  }
}
