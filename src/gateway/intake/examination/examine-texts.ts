import { authenticatorOf } from '../../../../emv/authentication/index.js';
import { joinSealed } from '../sealed-parts.js';
import type { ExamineOptions } from './examine-record.js';
import type { Examined, Outcome } from './messages.js';
import { readText } from './read-text.js';

/** Reads and examines records for another thread. One that makes it throw takes none of the others with it. */
export function examineTexts(texts: readonly string[], options: ExamineOptions): Examined {
  const parts: Uint8Array[] = [];
  const outcomes = texts.map((text): Outcome => {
    try {
      const reading = readText(text, options);
      if (!('examined' in reading)) return reading;
      const { record, examined } = reading;
      const { sealed, ...rest } = examined;
      parts.push(sealed);
      return { record, examined: rest, sealedLength: sealed.length };
    } catch (error) {
      return { thrown: String((error as Error).stack ?? error) };
    }
  });
  return {
    outcomes: JSON.stringify(outcomes),
    sealed: joinSealed(parts),
    keptCertificates: authenticatorOf(options.caKeys).keptCertificates(),
  };
}
