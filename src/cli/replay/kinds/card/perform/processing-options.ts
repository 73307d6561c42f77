import { buildDataObjectList, getProcessingOptions as command } from '../../../../../../emv/index.js';
import type { CardRun, Seen } from '../card-run.js';
import type { StepOf } from '../step-schema.js';
import { terminalMap } from '../terminal-map.js';
import { readAll } from './read-records.js';

/** Begins a transaction with what the step says of the terminal, and defaults for the rest. */
export function getProcessingOptions(run: CardRun, step: StepOf<'gpo'>): Seen {
  if (step.repeat !== undefined && run.aid !== undefined) run.select(run.aid, 'first');
  const defaults = step.interface === 'contact' ? run.contact : run.contactless;
  const resolved = Object.entries(step.terminal).map(([tag, value]) => [tag, run.resolve(tag, value)] as const);
  run.terminal = { ...defaults, ...Object.fromEntries(resolved.map(([tag, { hex }]) => [tag, hex])) };
  run.symbolic = Object.fromEntries(resolved.flatMap(([tag, { hex, isSymbolic }]) => (isSymbolic ? [[tag, hex]] : [])));
  run.optionsData = buildDataObjectList(run.pdol, terminalMap(run.terminal));
  const seen = withBareOptions(run.send(command(run.optionsData)));
  run.gpo = seen;
  run.firstCryptogram = undefined;
  run.locator = seen.tags.get('94') ?? new Uint8Array(0);
  run.read.clear();
  run.records = [];
  run.counter = seen.tags.get('9F36') ?? run.getData('9F36').value ?? new Uint8Array(2);
  if (step.repeat !== undefined) readAll(run);
  return seen;
}

/** Template 80 holds profile and locator without tags. */
function withBareOptions(seen: Seen): Seen {
  const bare = seen.tags.get('80');
  if (bare === undefined) return seen;
  return { ...seen, tags: new Map([...seen.tags, ['82', bare.subarray(0, 2)], ['94', bare.subarray(2)]]) };
}
