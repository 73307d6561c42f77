import { toHex } from '../../../emv/index.js';
import { encodeGrouping, type PersonalizedApplication, storeDataCommands } from '../../../simulator/index.js';
import type { Colours } from '../colours.js';
import { CommandError } from '../exit-codes.js';
import { describePersonalization } from './describe-personalization.js';

interface WriteOptions {
  readonly format: 'text' | 'json' | 'apdu';
  readonly colours: Colours;
  readonly showPan: boolean;
}

/** A personalization file. JSON and commands hold card numbers in full: throws {@link CommandError} `pan-shown`. */
export function writePersonalization(
  applications: readonly PersonalizedApplication[],
  { format, colours, showPan }: WriteOptions,
): string {
  if (format === 'text') return `${describePersonalization(applications, colours, showPan).join('\n')}`;
  if (!showPan) {
    const hint = 'Write it to a file with -o, or print it with --show-pan.';
    throw new CommandError('pan-shown', `${format} holds the card number in full`, undefined, hint);
  }
  if (format === 'json') return `${JSON.stringify(asJson(applications), undefined, 2)}\n`;
  return applications
    .flatMap((application) => [
      `# ${application.applicationIdentifier} ${application.label}`,
      ...storeDataCommands(application).map(toHex),
      '',
    ])
    .join('\n');
}

const asJson = (applications: readonly PersonalizedApplication[]) => ({
  format: 'yongtap-personalization',
  version: 1,
  applications: applications.map(({ groupings, ...application }) => ({
    ...application,
    dataGroupings: groupings.map((grouping) => ({
      identifier: grouping.identifier,
      name: grouping.name,
      data: toHex(grouping.data),
      encoded: encodeGrouping(grouping),
    })),
  })),
});
