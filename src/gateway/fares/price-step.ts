import { type TextValues, textTemplate } from '../text-template.js';
import type { FareRule } from './fare-codes.js';
import type { PriceStep } from './fare-types.js';
import texts from './step-texts.json';

export type StepText = keyof typeof texts;
export type StepValues = TextValues;

interface StepDetails {
  readonly amountFen?: number;
  readonly campaign?: string;
  /** Values that Chinese says otherwise. */
  readonly valuesZh?: StepValues;
  /** The text, where a rule has several. */
  readonly textKey?: StepText;
}

const templates = new Map(
  Object.entries(texts).map(([key, { text, textZh }]) => [
    key,
    { text: textTemplate(text), textZh: textTemplate(textZh) },
  ]),
);

/** A step in words; `values` fill the blanks of `step-texts.json`. */
export function priceStep(
  rule: FareRule,
  values: StepValues = {},
  { amountFen, campaign, valuesZh, textKey = rule }: StepDetails = {},
): PriceStep {
  const { text, textZh } = templates.get(textKey)!;
  return {
    rule,
    text: text(values),
    textZh: textZh({ ...values, ...valuesZh }),
    ...(amountFen === undefined ? {} : { amountFen }),
    ...(campaign === undefined ? {} : { campaign }),
  };
}
