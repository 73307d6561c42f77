import { createHash } from 'node:crypto';
import type { Kysely, Transaction } from 'kysely';
import { onceFor } from '../../../emv/once-for.js';
import type { PriceStep } from '../fares/index.js';
import { prepareQuery, rowsOfJson, type Tables } from '../storage/index.js';
import { insertRows } from './insert-rows.js';

/** What is shorter is kept where it is: a name would gain nothing. */
const NAMED_FROM = 64;

/** Of SHA-256, in base64url: 132 bits, so that no two texts have one name. */
const NAME_LENGTH = 22;

/** Some megabytes at most. */
const KNOWN_MAX = 4000;
const known = new Map<string, string>();

/**
 * What rows keep of the steps of a price: a name, under which {@link keepPriceSteps} keeps them once, or the steps
 * themselves where they are short. `steps`: JSON.
 */
export function keptSteps(steps: string): string {
  if (steps.length < NAMED_FROM) return steps;
  const name = known.get(steps);
  if (name !== undefined) return name;
  const made = createHash('sha256').update(steps).digest('base64url').slice(0, NAME_LENGTH);
  if (known.size >= KNOWN_MAX) known.clear();
  known.set(steps, made);
  return made;
}

/** Steps as JSON, and what rows keep of them. */
export interface WrittenSteps {
  readonly text: string;
  readonly kept: string;
}

const written = new Map<string, WrittenSteps>();
let stepsKnown = 0;
const numberOf = onceFor((_step: PriceStep) => ++stepsKnown);

/** The steps of a price as they are written: most prices share theirs with others, step by step. */
export function writtenSteps(steps: readonly PriceStep[]): WrittenSteps {
  let numbers = '';
  for (const step of steps) numbers += `${numberOf(step)} `;
  const found = written.get(numbers);
  if (found) return found;
  const text = JSON.stringify(steps);
  const made = { text, kept: keptSteps(text) };
  if (written.size >= KNOWN_MAX) written.clear();
  written.set(numbers, made);
  return made;
}

/** Whether a row keeps a name, and not the steps themselves, which are an array. */
export const areNamed = (kept: string): boolean => !kept.startsWith('[');

/** Keeps steps by their names, where they are not kept yet. In one order everywhere, so that nobody waits crosswise. */
export async function keepPriceSteps(
  transaction: Transaction<Tables>,
  steps: ReadonlyMap<string, string>,
): Promise<void> {
  const rows = [...steps].map(([name, text]) => ({ name, steps: text }));
  rows.sort((one, other) => (one.name < other.name ? -1 : 1));
  await insertRows(transaction, 'price_steps', rows, { isIfNew: true });
}

const stepsOf = prepareQuery((kysely, { names }: { names: string }) =>
  kysely
    .selectFrom(rowsOfJson<{ name: string }>(kysely, names, { name: 'text' }).as('asked'))
    .crossJoin('price_steps')
    .select(['price_steps.name', 'price_steps.steps'])
    .whereRef('price_steps.name', '=', 'asked.name'),
);

/** Gives the steps as JSON of what a row keeps of them. */
export type StepsOf = (kept: string) => string;

/** Reads the steps that rows name, each once. */
export async function readPriceSteps(kysely: Kysely<Tables>, kept: Iterable<string>): Promise<StepsOf> {
  const names = [...new Set(kept)].filter(areNamed);
  if (names.length === 0) return (steps) => steps;
  const rows = await stepsOf(kysely, { names: JSON.stringify(names.map((name) => ({ name }))) });
  const byName = new Map(rows.map(({ name, steps }) => [name, steps]));
  return (steps) => (areNamed(steps) ? byName.get(steps)! : steps);
}
