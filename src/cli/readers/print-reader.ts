import type { Colours } from '../colours.js';
import { printTree } from '../decode/print-tree.js';
import type { DescribedReader } from './describe-reader.js';
import type { CardApplication } from './read-applications.js';

/** A reader for people: a line of its own, and more where a card lies on it. `slots` is how many its device has. */
export function printReader(reader: DescribedReader, slots: number, colours: Colours): string[] {
  const { card, name } = reader;
  const state = card === 'present' ? colours.green(card) : card === 'mute' ? colours.yellow(card) : colours.dim(card);
  const slot = slots > 1 ? `slot ${reader.slot + 1} of ${slots}` : undefined;
  const firmware = reader.firmware && `firmware ${reader.firmware}`;
  const kind = [slot, reader.reader, firmware].filter((part) => part !== undefined).join(', ');
  return [
    `${colours.bold(name)}  card ${state}${kind === '' ? '' : colours.dim(`  ${kind}`)}`,
    ...printCard(reader, colours).map((line) => `  ${line}`),
  ];
}

/** What is known of the card on a reader. */
export function printCard(reader: DescribedReader, colours: Colours): string[] {
  const { answerToReset, ats, card, description, explained, problem, protocol, standard, uid } = reader;
  if (card === 'absent') return [];
  const about = [description, standard, protocol && `speaks ${protocol}`].filter(Boolean).join(', ');
  const field = [uid && `UID ${uid}`, ats && `answer to select ${ats}`].filter(Boolean).join(', ');
  return [
    ...(about === '' ? [] : [about]),
    ...(answerToReset ? [colours.dim(`answer to reset ${answerToReset}`)] : []),
    ...printTree(explained ?? [], colours, '  '),
    ...(field === '' ? [] : [field]),
    ...printApplications(reader, colours),
    ...(problem ? [colours.yellow(problem.message)] : []),
    ...(card === 'mute' ? ['it gives no answer to reset: lay it again, flat and alone, or turn it'] : []),
  ];
}

const directories = {
  PPSE: 'applications by the contactless directory (PPSE)',
  PSE: 'applications by the directory (PSE)',
  none: 'no directory; applications found by their names',
} as const;

function printApplications({ applications, directory }: DescribedReader, colours: Colours): string[] {
  if (applications === undefined || directory === undefined) return [];
  if (applications.length === 0) return [directory === 'none' ? 'no payment application found' : 'an empty directory'];
  return [
    `${directories[directory]}:`,
    ...applications.map((application) => `  ${printApplication(application, colours)}`),
  ];
}

function printApplication(
  { applicationIdentifier, label, priority, scheme }: CardApplication,
  colours: Colours,
): string {
  const parts = [
    ...(priority === undefined ? [] : [`${priority}`]),
    colours.cyan(applicationIdentifier),
    scheme ?? 'unknown scheme',
    ...(label === undefined ? [] : [colours.bold(label)]),
  ];
  return parts.join('  ');
}
