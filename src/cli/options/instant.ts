import { CommandError } from '../exit-codes.js';

/** ISO 8601 with an offset; without one, Asia/Shanghai's +08:00 is meant, and without seconds none. Throws {@link CommandError}. */
export async function parseInstant(text: string): Promise<Date> {
  const { instantSchema } = await import('../../tap/index.js');
  const withSeconds = text.replace(/(T\d\d:\d\d)(?=$|Z|[+-])/, '$1:00');
  const withOffset = /(Z|[+-]\d\d:\d\d)$/.test(withSeconds) ? withSeconds : `${withSeconds}+08:00`;
  if (instantSchema.safeParse(withOffset).success) return new Date(withOffset);
  throw new CommandError(
    'instant-invalid',
    `--at ${text} is no instant`,
    undefined,
    'Write it as 2016-01-05T08:00:00+08:00; without an offset it is the time in China.',
  );
}
