import { coloursFor } from '../colours.js';

/** What became of each member. */
export interface Certified {
  readonly year: number;
  readonly counts: Readonly<Record<'certified' | 'corrected' | 'unchanged' | 'refused', number>>;
  readonly rows: readonly {
    readonly row: number;
    readonly member?: string;
    readonly result: string;
    readonly changed?: readonly string[];
    readonly code?: string;
    readonly text?: string;
  }[];
}

const REFUSED_SHOWN_MAX = 20;

/** How many were certified, and who was refused why. */
export function printCertified(answer: Certified, isJson: boolean): void {
  if (isJson) {
    console.log(JSON.stringify(answer, undefined, 2));
    return;
  }
  const { bold, dim, green, red } = coloursFor(process.stdout);
  const { certified, corrected, unchanged, refused } = answer.counts;
  const counts = [`${bold(String(certified))} certified`, `${corrected} corrected`, `${unchanged} unchanged`];
  console.log(
    `${green(String(answer.year))}: ${counts.join(', ')}, ${refused > 0 ? red(`${refused} refused`) : '0 refused'}`,
  );
  const others = answer.rows.filter(({ result }) => result === 'refused');
  for (const { row, member, code, text } of others.slice(0, REFUSED_SHOWN_MAX)) {
    console.log(`  row ${row}${member === undefined ? '' : `, member ${member}`}: ${text} ${dim(`[${code}]`)}`);
  }
  if (others.length > REFUSED_SHOWN_MAX) console.log(`  and ${others.length - REFUSED_SHOWN_MAX} more: --json has all`);
}
