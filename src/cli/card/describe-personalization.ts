import { explain, toHex } from '../../../emv/index.js';
import type { DataGrouping, PersonalizedApplication } from '../../../simulator/index.js';
import type { Colours } from '../colours.js';
import { printTree } from '../decode/print-tree.js';

const HEX_LENGTH_MAX = 64;

/** The data groupings of each application with what is in them; card numbers masked unless `showPan`. */
export function describePersonalization(
  applications: readonly PersonalizedApplication[],
  colours: Colours,
  showPan: boolean,
): string[] {
  return applications.flatMap(({ applicationIdentifier, label, groupings }) => [
    `${colours.cyan(applicationIdentifier)} ${colours.bold(label)}`,
    ...groupings.flatMap((grouping) => [
      `  ${colours.yellow(`DGI ${grouping.identifier}`)} ${grouping.name} (${grouping.data.length} bytes)`,
      ...contentOf(grouping, colours, showPan),
    ]),
    '',
  ]);
}

function contentOf({ content, data }: DataGrouping, colours: Colours, showPan: boolean): string[] {
  if (content !== 'objects') return [`    ${toHex(data)}`];
  return printTree(explain(data, { showPan }), colours, '    ', HEX_LENGTH_MAX);
}
