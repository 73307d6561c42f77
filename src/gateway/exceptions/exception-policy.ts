import { parse } from 'yaml';
import { z } from 'zod';
import policy from './data/exception-policy.yaml';

const seconds = z.int().min(0);
const positive = z.int().min(1);

const schema = z.strictObject({
  id: z.string(),
  clock: z.strictObject({
    aheadS: seconds,
    behindS: seconds,
    steadyS: seconds,
    steadyForS: seconds,
    steadyTaps: positive,
    windowS: seconds,
  }),
  survey: z.strictObject({ everySeconds: positive, settleS: seconds, tapsTogether: positive.max(5000) }),
});

/** From when on something about terminals is an exception; how they are surveyed. */
export type ExceptionPolicy = Readonly<z.infer<typeof schema>>;

let boxed: ExceptionPolicy | undefined;

/** The policy in the box. */
export function boxedExceptionPolicy(): ExceptionPolicy {
  boxed ??= schema.parse(parse(policy));
  return boxed;
}
