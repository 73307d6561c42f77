import { InvalidArgumentError } from 'commander';
import { instantSchema } from '../../tap/index.js';

/** ISO 8601 with an offset; without one, Asia/Shanghai's +08:00 is meant. */
export function parseInstant(text: string): string {
  const withOffset = /(Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text}+08:00`;
  if (!instantSchema.safeParse(withOffset).success) {
    throw new InvalidArgumentError('an instant such as 2016-01-05T08:00:00+08:00');
  }
  return withOffset;
}

/** The instant as Asia/Shanghai writes it, to the second. */
export function shanghaiInstant(epochMs: number): string {
  return `${new Date(epochMs + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`;
}
