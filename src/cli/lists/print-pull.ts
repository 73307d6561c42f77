import {
  type ListRefusal,
  type ListStore,
  listRefusals,
  type Pulled,
  type PullReport,
  type Reported,
} from '../../terminal/index.js';
import { coloursFor } from '../colours.js';

const WIDTH = 12;

/** What a pull came to, a line for each list; `changesOnly` leaves out what stands as it stood. */
export function printPull(
  { keys, lists }: PullReport,
  reported: Reported | undefined,
  store: ListStore,
  { changesOnly }: { readonly changesOnly: boolean },
): string[] {
  const colours = coloursFor(process.stdout);
  const refused = (code: string) => `${colours.red('refused')} ${meaningOf(code)} ${colours.dim(`[${code}]`)}`;
  const lines: string[] = [];
  if (!keys.ok) lines.push(`${'keys'.padEnd(WIDTH)} ${refused(keys.code)}`);
  else if (keys.how !== 'unchanged') {
    const ids = store.keys.map(({ keyId }) => keyId).join(', ');
    const how = keys.how === 'first-use' ? `trusted from now on: ${ids}` : `${ids}, ${keys.how}`;
    lines.push(`${'keys'.padEnd(WIDTH)} ${how}`);
  }
  for (const pulled of lists) {
    if (changesOnly && pulled.ok && (pulled.how === 'unchanged' || pulled.how === 'none')) continue;
    lines.push(`${pulled.kind.padEnd(WIDTH)} ${pulled.ok ? howOf(pulled, colours.green) : refused(pulled.code)}`);
  }
  if (reported && !reported.ok) lines.push(`${'report'.padEnd(WIDTH)} ${refused(reported.code)}`);
  for (const file of changesOnly ? [] : store.damaged) {
    lines.push(`${colours.red('damaged')} ${file}: it does not count, and the version before did`);
  }
  return lines;
}

function howOf(pulled: Extract<Pulled, { ok: true }>, mark: (text: string) => string): string {
  if (pulled.how === 'none') return 'not published yet';
  if (pulled.how === 'unchanged') return `version ${pulled.version}, nothing new`;
  return `${mark(`version ${pulled.version}`)}, ${pulled.how === 'delta' ? 'what has changed' : 'whole'}`;
}

const meaningOf = (code: string): string =>
  Object.hasOwn(listRefusals, code) ? listRefusals[code as ListRefusal].meaning : code.replaceAll('-', ' ');
