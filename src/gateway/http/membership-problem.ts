import { jsonPointer } from '../field-issues.js';
import { MembershipError } from '../membership/index.js';
import { Problem } from './problem.js';

/**
 * Does what records members. What contradicts itself or what is known becomes a problem with every place: those of a
 * file begin with the number of the record, from 0, and those of a list with its place in it.
 */
export async function orMembersInvalid<Result>(
  what: 'file' | 'list' | 'record',
  recording: Promise<Result>,
): Promise<Result> {
  try {
    return await recording;
  } catch (error) {
    if (!(error instanceof MembershipError)) throw error;
    const errors = error.issues.map(({ index, line, column, code, message }) => ({
      pointer: jsonPointer([
        ...(what === 'file' ? [index] : what === 'list' ? ['members', index] : []),
        ...(column === '' ? [] : column.split('.')),
      ]),
      code,
      message,
      ...(what === 'file' && { line, column }),
    }));
    throw new Problem('members-invalid', { detail: error.message, errors });
  }
}
