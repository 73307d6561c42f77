import { InvalidArgumentError } from 'commander';

/** The PC/SC service has room for 128 bytes, the numbers of reader and slot included. */
const BYTES_MAX = 120;

/** The name of a virtual reader: the service reads it from a file, where it stands in quotation marks. */
export function parseReaderName(text: string): string {
  if (/^[^"\p{Cc}\p{Cs}]+$/u.test(text) && Buffer.byteLength(text) <= BYTES_MAX) return text;
  throw new InvalidArgumentError(`1 to ${BYTES_MAX} bytes, without quotation marks and control characters`);
}
