import type { z } from 'zod';
import { FareError } from './fares/fare-error.js';
import { parseFareFile } from './fares/fare-file.js';
import { fieldIssues } from './field-issues.js';

export interface PolicyLoader<Policy> {
  /** A policy of the box by its id, or one's own as an object. Throws FareError with each thing that is wrong. */
  load(idOrPolicy: unknown): Policy;
  /** A policy from the text of a YAML or JSON file. Throws FareError that names `file` and the line. */
  parse(text: string, file?: string): Policy;
}

type LineOf = (path: readonly PropertyKey[]) => number;

/** Reads policies of one kind; `boxed` are the texts of those in the box, by the id that each gives itself. */
export function policyLoader<Schema extends z.ZodType>(
  schema: Schema,
  boxed: Readonly<Record<string, string>>,
): PolicyLoader<z.infer<Schema>> {
  function check(value: unknown, lineOf?: LineOf, file?: string): z.infer<Schema> {
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    const issues = fieldIssues(value, parsed.error).map(({ path, message }) => ({
      place: path.join('.') || 'the document',
      line: lineOf?.(path),
      message,
    }));
    throw new FareError('policy-invalid', issues, file);
  }
  function parse(text: string, file?: string): z.infer<Schema> {
    const { value, lineOf } = parseFareFile(text, 'policy-invalid', file);
    return check(value, lineOf, file);
  }
  return {
    parse,
    load(idOrPolicy) {
      if (typeof idOrPolicy !== 'string') return check(idOrPolicy);
      const text = Object.hasOwn(boxed, idOrPolicy) ? boxed[idOrPolicy] : undefined;
      if (text !== undefined) return parse(text);
      const message = `${idOrPolicy}; in the box: ${Object.keys(boxed).join(', ')}`;
      throw new FareError('policy-unknown', [{ message }]);
    },
  };
}
