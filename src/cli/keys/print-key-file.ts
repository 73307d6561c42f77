import type { CertificationAuthorityKey } from '../../../emv/index.js';
import type { Colours } from '../colours.js';
import { kindOf, noteTexts } from './key-view.js';
import type { KeyFault, KeyNote } from './read-key-files.js';

const signs = { new: '+', same: '=', replaced: '~', conflict: '✗', good: '✓' } as const;

/** A line for a key, and one below it for each note. */
export function keyLines(
  key: CertificationAuthorityKey,
  status: keyof typeof signs,
  notes: readonly KeyNote[],
  colours: Colours,
): string[] {
  const paint = status === 'conflict' ? colours.red : colours.green;
  const end = key.expires === undefined ? 'no last day' : `to ${key.expires}`;
  return [
    `${paint(signs[status])} ${key.rid} ${key.index}  ${kindOf(key)}, ${key.use ?? 'use not said'}, ${end}, ${status}`,
    ...notes.map((note) => colours.dim(`    ${noteTexts[note]}`)),
  ];
}

export const faultLine = ({ place, code, message }: KeyFault, colours: Colours): string =>
  `${colours.red('✗')} ${place}: ${message} ${colours.dim(`[${code}]`)}`;
