import { InvalidArgumentError } from 'commander';
import { NAME_RULE, namePattern } from '../../tap/name-pattern.js';

/** A name of an operator or a terminal, as a tap record takes it. */
export function parseName(text: string): string {
  if (namePattern.test(text)) return text;
  throw new InvalidArgumentError(NAME_RULE);
}
