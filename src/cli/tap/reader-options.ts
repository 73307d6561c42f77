import { CommandError } from '../exit-codes.js';

/** How a card on a reader is reached. */
interface ReaderOptions {
  readonly binding?: unknown;
  readonly share?: unknown;
  readonly feedback?: unknown;
  readonly timeout?: unknown;
}

const ofReaders: readonly (keyof ReaderOptions)[] = ['binding', 'share', 'feedback', 'timeout'];

/** Throws {@link CommandError} for options that only a reader heeds, where the card is on none: of software, or in a file. */
export function refuseReaderOptions(given: ReaderOptions): void {
  const name = ofReaders.find((each) => given[each] !== undefined);
  if (name === undefined) return;
  const hint = 'This card is on none: leave it out, or name a reader with --reader instead.';
  throw new CommandError('option-impossible', `--${name} is for a card on a reader`, undefined, hint);
}
