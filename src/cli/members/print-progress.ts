import { type Colours, coloursFor } from '../colours.js';
import { displayWidth, padColumns } from '../display-width.js';

interface Standing {
  readonly members: number;
  readonly certified: number;
  readonly due: number;
  readonly lapsed: number;
}

export interface Progress {
  readonly year: number;
  readonly countedAt: string;
  readonly total: Standing;
  readonly units: readonly (Standing & { readonly unit: string; readonly name: string; readonly path: string })[];
  readonly next?: string;
}

const BAR_WIDTH = 30;
const NAME_MAX = 40;
const INDENT = 2;

type Row = Pick<Progress['total'], 'members' | 'certified' | 'due' | 'lapsed'> & { readonly name: string };

/** A bar for each unit, those below further in. */
export function printProgress({ year, countedAt, total, units, next }: Progress): void {
  const colours = coloursFor(process.stdout);
  const top = Math.min(...units.map(({ path }) => depthOf(path)));
  const rows: Row[] = [
    { ...total, name: `all in ${year}` },
    ...units.map(({ path, name, unit, ...standing }) => {
      return { ...standing, name: `${' '.repeat(INDENT * (depthOf(path) - top))}${name || unit}` };
    }),
  ];
  const width = Math.min(NAME_MAX, Math.max(...rows.map(({ name }) => displayWidth(name))));
  for (const row of rows) console.log(line(row, width, colours));
  console.log(
    colours.dim(`counted at ${countedAt}${next === undefined ? '' : '; there are more units: --unit or --level'}`),
  );
}

const depthOf = (path: string): number => path.split('/').length;

function line({ name, members, certified, due, lapsed }: Row, width: number, { dim, green, yellow }: Colours): string {
  const [full, half] = shares([certified, due], members);
  const bar = green('█'.repeat(full!)) + yellow('▒'.repeat(half!)) + dim('░'.repeat(BAR_WIDTH - full! - half!));
  const percent = members === 0 ? '–' : `${Math.floor((certified * 100) / members)}%`;
  const counts = `${certified} of ${members}${due > 0 ? `, ${due} due` : ''}${lapsed > 0 ? `, ${lapsed} lapsed` : ''}`;
  return `${padColumns(name, width)}  ${members === 0 ? dim('░'.repeat(BAR_WIDTH)) : bar} ${percent.padStart(4)}  ${counts}`;
}

/** Columns of the bar; a bar is full only where everybody is certified. */
function shares(counts: readonly number[], members: number): readonly number[] {
  let before = 0;
  return counts.map((count) => {
    const from = Math.floor((before * BAR_WIDTH) / Math.max(1, members));
    before += count;
    return Math.floor((before * BAR_WIDTH) / Math.max(1, members)) - from;
  });
}
