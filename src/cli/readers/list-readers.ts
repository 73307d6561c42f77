import { openPcsc, type PcscBindingName } from '../../readers/index.js';
import { coloursFor } from '../colours.js';
import { untilInterrupted } from '../until-interrupted.js';
import { type DescribedReader, type DescribeOptions, describeReader } from './describe-reader.js';
import { printCard, printReader } from './print-reader.js';

export interface ListOptions extends DescribeOptions {
  readonly binding?: PcscBindingName | undefined;
  readonly json?: boolean | undefined;
}

/** The readers of this moment, one after the other: two cards in one field disturb each other enough. */
export async function listReaders({ binding, json, ...options }: ListOptions): Promise<void> {
  const pcsc = openPcsc({ binding });
  try {
    const readers: DescribedReader[] = [];
    for (const status of await pcsc.readers()) readers.push(await describeReader(pcsc, status, options));
    if (json) console.log(JSON.stringify(readers, undefined, 2));
    else for (const line of printReaders(readers)) console.log(line);
  } finally {
    await pcsc.close();
  }
}

function printReaders(readers: readonly DescribedReader[]): string[] {
  if (readers.length === 0) return ['No reader is plugged in.'];
  const slotsOf = (device: string) => readers.filter((reader) => reader.device === device).length;
  return readers.flatMap((reader) => printReader(reader, slotsOf(reader.device), coloursFor(process.stdout)));
}

/** What happens on all readers until Ctrl-C: a line for each event, with `json` a document. */
export async function watchReaders({ binding, json, ...options }: ListOptions): Promise<void> {
  const colours = coloursFor(process.stdout);
  const pcsc = openPcsc({ binding });
  const interruption = untilInterrupted();
  try {
    for await (const { event, reader: status } of pcsc.watch({ signal: interruption.signal })) {
      const at = new Date();
      const probe = options.probe && event !== 'reader-plugged';
      const reader = await describeReader(pcsc, status, { ...options, probe });
      if (json) console.log(JSON.stringify({ at: at.toISOString(), event, ...reader }));
      else {
        console.log(`${colours.dim(timeOfDay(at))}  ${event.padEnd(16)}  ${colours.bold(reader.name)}`);
        const shown = event === 'card-inserted' || event === 'card-mute' ? printCard(reader, colours) : [];
        for (const line of shown) console.log(`              ${line}`);
      }
    }
  } finally {
    interruption.dispose();
    await pcsc.close();
  }
}

/** Local, to the millisecond. */
const timeOfDay = (at: Date): string =>
  [at.getHours(), at.getMinutes(), at.getSeconds()].map((part) => `${part}`.padStart(2, '0')).join(':') +
  `.${`${at.getMilliseconds()}`.padStart(3, '0')}`;
