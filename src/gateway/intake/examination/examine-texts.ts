import { authenticatorOf } from '../../../../emv/authentication/index.js';
import { joinTaps } from '../joined-taps.js';
import type { ExamineOptions } from './examine-record.js';
import type { Examined, OtherOutcome } from './messages.js';
import { type ReadTap, readText } from './read-text.js';

/** Reads and examines records for another thread. One that makes it throw takes none of the others with it. */
export function examineTexts(texts: readonly string[], options: ExamineOptions): Examined {
  const taps: ReadTap[] = [];
  const others: [number, OtherOutcome][] = [];
  for (const [place, text] of texts.entries()) {
    try {
      const reading = readText(text, options);
      if ('sealed' in reading) taps.push(reading);
      else others.push([place, reading]);
    } catch (error) {
      others.push([place, { thrown: String((error as Error).stack ?? error) }]);
    }
  }
  return {
    taps: joinTaps(taps),
    operators: taps.map(({ operator }) => operator),
    others,
    keptCertificates: authenticatorOf(options.caKeys).keptCertificates(),
  };
}
