import { Writable } from 'node:stream';
import pino, { type Logger } from 'pino';
import { HIDDEN, hideFields } from './hide-fields.js';

/** Field names under which a card number, a key or a person's data could stand. */
const HIDDEN_NAMES = new Set([
  'pan',
  'track2',
  'evidence',
  'record',
  'authorization',
  'secret',
  'mobile',
  'address',
  'identityNumber',
]);

/**
 * A run of digits as long as the number of a card or of a person (GB 11643, which may end in X) that is no part of a
 * longer hex text. The service's own logs hold no such number: instants are ISO text, amounts shorter.
 */
const LONG_NUMBER = /(?<![0-9A-Za-z])\d{13,19}X?(?![0-9A-Za-z])/gi;

const withoutLongNumbers = (text: string): string => text.replace(LONG_NUMBER, HIDDEN);

/** An error without what a database's driver adds to it: `detail` may be the row that was refused. */
function withoutRows(error: Error): object {
  const { type, message, stack, code } = pino.stdSerializers.err(error);
  return { type, code, message, stack };
}

/** A logger of JSON lines, in which neither a field nor a text can show a card number. */
export function createLogger(destination: NodeJS.WritableStream, level: string = 'info'): Logger {
  const redacting = new Writable({
    decodeStrings: false,
    write(line: string | Buffer, _encoding, done) {
      if (destination.write(withoutLongNumbers(line.toString()))) done();
      else destination.once('drain', done);
    },
  });
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: withoutRows },
      formatters: { log: (fields) => hideFields(fields, HIDDEN_NAMES) },
    },
    redacting,
  );
}
