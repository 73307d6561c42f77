import texts from './reasons.json';

/** Why somebody has the member's benefits, or has not. Stable; the words may change. */
export type MembershipReason = keyof typeof texts;

export const membershipReasons = Object.keys(texts) as readonly MembershipReason[];

/** Values that fill the blanks of a reason's words. */
export interface ReasonValues {
  readonly year?: number;
  readonly at: string;
  readonly until?: string;
}

export interface ReasonWords {
  readonly text: string;
  readonly textZh: string;
}

const fill = (text: string, values: ReasonValues): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name as keyof ReasonValues] ?? ''));

/** The same words for gate, receipt and member's page. */
export function wordsOf(reason: MembershipReason, values: ReasonValues): ReasonWords {
  const { text, textZh } = texts[reason];
  return { text: fill(text, values), textZh: fill(textZh, values) };
}
