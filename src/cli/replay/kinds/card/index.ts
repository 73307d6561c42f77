import { z } from 'zod';
import { compare } from '../../compare.js';
import type { Difference, VectorRunner } from '../../vector.js';
import { VectorError } from '../../vector-error.js';
import { CardRun, type Seen } from './card-run.js';
import { check } from './check.js';
import { interfaceAfter, interfaceOfMost } from './interface-of.js';
import { performers } from './perform.js';
import { personalize } from './personalize.js';
import { inputSchema, type Step, stepSchema } from './step-schema.js';
import suiteMacros from './suite-macros.json' with { type: 'json' };
import { tagsInCapitals } from './tags-in-capitals.js';
import ownDefaults from './terminal-defaults.json' with { type: 'json' };
import { verifyCryptogram, verifySignature } from './verify-proofs.js';

const MACRO_DEPTH_MAX = 4;

const terminalDefaults = z.record(z.string(), z.unknown()).transform(({ contactCDOL, ...contactless }) => ({
  contactless: z.record(z.string(), z.string()).parse(contactless),
  contact: {
    ...z.record(z.string(), z.string()).parse(contactless),
    ...z.record(z.string(), z.string()).parse(contactCDOL ?? {}),
  },
}));

/** `card`: personalizes the image with the vector's configuration, and plays its steps to the software card. */
export const runner: VectorRunner = (input, expected, file) => {
  const { image, ...written } = inputSchema.parse(input);
  const cardConfig = tagsInCapitals(written.cardConfig);
  const steps = expand(written.steps, { ...suiteMacros, ...file?.macros });
  const defaults = terminalDefaults.parse(tagsInCapitals(file?.about?.terminalDefaults ?? ownDefaults));
  const run = new CardRun(personalize(image, cardConfig, steps), defaults);
  const differences = steps.flatMap((step, index) => perform(run, steps, index, `steps[${index}].${step.do}`));
  return [...differences, ...compare(expected, {})];
};

/** Macros in their places; a step that is not as it should be fails the vector. */
function expand(written: readonly unknown[], macros: Readonly<Record<string, readonly unknown[]>>, depth = 0): Step[] {
  if (depth > MACRO_DEPTH_MAX) throw new VectorError('steps', 'macros call each other too deep');
  return written.flatMap((one, index) => {
    const parsed = stepSchema.safeParse(tagsInCapitals(one));
    if (!parsed.success)
      throw new z.ZodError(parsed.error.issues.map((issue) => ({ ...issue, path: ['steps', index, ...issue.path] })));
    if (parsed.data.do !== 'macro') return [parsed.data];
    const steps = macros[parsed.data.name];
    if (steps === undefined) throw new VectorError(`steps[${index}]`, `no macro ${parsed.data.name}`);
    return expand(steps, macros, depth + 1);
  });
}

function perform(run: CardRun, steps: readonly Step[], index: number, path: string): Difference[] {
  const step = steps[index]!;
  const wanted = interfaceAfter(steps, index);
  if (run.interface === undefined && step.do !== 'reset') run.power(wanted ?? interfaceOfMost(steps));
  if (step.do === 'reset') {
    run.power(step.interface ?? wanted ?? interfaceOfMost(steps));
    return compare(step.expect, {}, path);
  }
  if (step.do === 'macro') throw new VectorError(`steps[${index}]`, 'a macro in a macro');
  if (wanted !== undefined) run.moveTo(wanted);
  if (step.do === 'gpo' && step.repeat === undefined && followsRepeated(steps, index) && run.aid)
    run.select(run.aid, 'first');
  const answers = (performers[step.do] as (run: CardRun, step: Step) => readonly Seen[])(run, step);
  const differences = answers.flatMap((seen) => check(run, step, seen, path));
  return [...differences, ...proofs(run, step, answers.at(-1), path)];
}

/** A repeated transaction is whole: what comes behind it begins with a selection of its own. */
function followsRepeated(steps: readonly Step[], index: number): boolean {
  const before = steps[index - 1];
  return before?.do === 'gpo' && before.repeat !== undefined;
}

function proofs(run: CardRun, step: Step, seen: Seen | undefined, path: string): Difference[] {
  if (seen === undefined) return [];
  const { verifyAC = false, verifySDAD } = step as { readonly verifyAC?: boolean; readonly verifySDAD?: 'fDDA00' };
  // The certificates stand in the records.
  const isSigned = verifySDAD !== undefined || (verifyAC && seen.tags.has('9F4B'));
  if (isSigned && run.records.length === 0) (performers.readAll as (run: CardRun, step: Step) => unknown)(run, step);
  return [
    ...(verifyAC ? verifyCryptogram(run, seen, path) : []),
    ...(verifySDAD === undefined ? [] : verifySignature(run, seen, verifySDAD, path)),
  ];
}
