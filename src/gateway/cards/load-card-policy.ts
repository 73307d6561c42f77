import { FareError } from '../fares/fare-error.js';
import { parseFareFile } from '../fares/fare-file.js';
import { boxedCalendar } from '../fares/with-calendars.js';
import { fieldIssues } from '../field-issues.js';
import { type CardPolicy, cardPolicySchema } from './card-policy-schema.js';
import ningbo from './data/card-policy-ningbo.yaml';

/** The texts of the policies in the box, by the id that each gives itself. */
const boxed: Readonly<Record<string, string>> = { ningbo };

type LineOf = (path: readonly PropertyKey[]) => number;

/** A policy of cards of the box by its id, or one's own as an object. Throws FareError with each thing that is wrong. */
export function loadCardPolicy(idOrPolicy: unknown): CardPolicy {
  if (typeof idOrPolicy !== 'string') return check(idOrPolicy);
  const text = Object.hasOwn(boxed, idOrPolicy) ? boxed[idOrPolicy] : undefined;
  if (text !== undefined) return parseCardPolicy(text);
  throw new FareError('policy-unknown', [{ message: `${idOrPolicy}; in the box: ${Object.keys(boxed).join(', ')}` }]);
}

/** A policy from the text of a YAML or JSON file. Throws FareError that names `file` and the line. */
export function parseCardPolicy(text: string, file?: string): CardPolicy {
  const { value, lineOf } = parseFareFile(text, 'policy-invalid', file);
  return check(value, lineOf, file);
}

function check(value: unknown, lineOf?: LineOf, file?: string): CardPolicy {
  const parsed = cardPolicySchema.safeParse(value);
  if (!parsed.success) {
    const issues = fieldIssues(value, parsed.error).map(({ path, message }) => ({
      place: path.join('.') || 'the document',
      line: lineOf?.(path),
      message,
    }));
    throw new FareError('policy-invalid', issues, file);
  }
  const { calendar } = parsed.data;
  if (boxedCalendar(calendar)) return parsed.data;
  const issue = {
    place: 'calendar',
    line: lineOf?.(['calendar']),
    message: `${calendar}: no such calendar in the box`,
  };
  throw new FareError('policy-invalid', [issue], file);
}
