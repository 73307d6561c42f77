import type { Intake, ReadTap } from '../intake/index.js';
import { Problem } from './problem.js';
import { placeOf } from './read-json.js';

/**
 * A tap from a record's JSON, with all that can be known of it without the books. Throws Problem where it is no record,
 * or one of an operator for whom the sender may not speak.
 */
export async function readTapText(
  intake: Pick<Intake, 'read'>,
  text: string,
  maySpeakFor: (operator: string) => boolean,
): Promise<ReadTap> {
  const reading = await intake.read(text);
  if ('notJson' in reading) throw new Problem('body-not-json', { detail: placeOf(reading.notJson) });
  if ('issues' in reading) {
    const errors = reading.issues.map(({ path, code, message }) => ({ pointer: path, code, message }));
    throw new Problem('request-invalid', { errors });
  }
  if (!maySpeakFor(reading.operator)) throw new Problem('operator-mismatch');
  return reading;
}
