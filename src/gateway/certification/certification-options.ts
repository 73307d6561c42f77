import type { Logger } from 'pino';
import type { MembershipOptions, MembershipPolicy } from '../membership/index.js';
import type { Messages } from '../messages/index.js';

/** What the yearly certification needs of the rooms around it. */
export interface CertificationOptions extends MembershipOptions {
  readonly policy: MembershipPolicy;
  readonly messages: Pick<Messages, 'sendMessage' | 'deliverSoon'>;
  /** Milliseconds, for durations. */
  readonly now: () => number;
  readonly logger: Pick<Logger, 'error'>;
}
