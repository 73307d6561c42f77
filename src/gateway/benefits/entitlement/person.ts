import type { CardHistory } from '../../membership/index.js';
import type { MemberAttributes } from '../attributes/member-attribute.js';

/** What a benefit looks at of a member. */
export interface Person {
  readonly member: string;
  readonly history: CardHistory;
  readonly sex: 'male' | 'female' | undefined;
  /** The ids of the unit and of all above it, with a slash around each; `undefined`: in no unit that is known. */
  readonly unitPath: string | undefined;
  /** YYYY-MM-DD; only where it was asked for. */
  readonly born?: string | undefined;
  readonly attributes: MemberAttributes;
}
