import { textTemplate } from '../../text-template.js';
import texts from './reasons.json';

/** Why somebody has the member's benefits, or has not. Stable; the words may change. */
export type MembershipReason = keyof typeof texts;

export const membershipReasons = Object.keys(texts) as readonly MembershipReason[];

/** Values that fill the blanks of a reason's words. */
export type ReasonValues = {
  readonly year?: number;
  readonly at: string;
  readonly until?: string;
};

export interface ReasonWords {
  readonly text: string;
  readonly textZh: string;
}

const templates = new Map(
  Object.entries(texts).map(([reason, { text, textZh }]) => [
    reason,
    { text: textTemplate(text), textZh: textTemplate(textZh) },
  ]),
);

/** The same words for gate, receipt and member's page. */
export function wordsOf(reason: MembershipReason, values: ReasonValues): ReasonWords {
  const { text, textZh } = templates.get(reason)!;
  return { text: text(values), textZh: textZh(values) };
}
