import { InvalidArgumentError } from 'commander';

/** A gateway's address: http or https. */
export function parseUrl(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new InvalidArgumentError('An address such as http://127.0.0.1:8051 is wanted.');
}
