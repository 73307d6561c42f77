import { Writable } from 'node:stream';
import pino, { type Logger } from 'pino';

/** Field names under which a card number, a key or a person's data could stand. */
const REDACTED = [
  'pan',
  'track2',
  'evidence',
  'record',
  'authorization',
  'secret',
  'mobile',
  'address',
  'identityNumber',
];

/**
 * A run of digits as long as a card number that is no part of a longer hex text. The service's own logs hold no such
 * number: instants are ISO text, amounts shorter.
 */
const CARD_NUMBER = /(?<![0-9A-Za-z])\d{13,19}(?![0-9A-Za-z])/g;

export const withoutCardNumbers = (text: string): string => text.replace(CARD_NUMBER, '[redacted]');

/** A logger of JSON lines, in which neither a field nor a text can show a card number. */
export function createLogger(destination: NodeJS.WritableStream, level: string = 'info'): Logger {
  const redacting = new Writable({
    decodeStrings: false,
    write(line: string | Buffer, _encoding, done) {
      if (destination.write(withoutCardNumbers(line.toString()))) done();
      else destination.once('drain', done);
    },
  });
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: REDACTED.flatMap((name) => [name, `*.${name}`]), censor: '[redacted]' },
    },
    redacting,
  );
}
