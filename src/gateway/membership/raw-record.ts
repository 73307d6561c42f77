import type { MembershipIssue, Origin } from './membership-error.js';

/** One record as a file has it, before it is checked; or why it could not even be read. */
export type RawRecord =
  | {
      readonly origin: Origin;
      readonly value: unknown;
      /** What the file calls a field of the record. */
      readonly columnOf: (path: readonly PropertyKey[]) => string;
    }
  | { readonly origin: Origin; readonly issue: MembershipIssue };
