import type { FareRule, PriceStep } from './fare-types.js';
import texts from './step-texts.json';

export type StepText = keyof typeof texts;
export type StepValues = Readonly<Record<string, string | number | undefined>>;

interface StepDetails {
  readonly amountFen?: number;
  readonly campaign?: string;
  /** Values that Chinese says otherwise. */
  readonly valuesZh?: StepValues;
  /** The text, where a rule has several. */
  readonly textKey?: StepText;
}

const fill = (template: string, values: StepValues): string =>
  template.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));

/** A step in words; `values` fill the blanks of `step-texts.json`. */
export function priceStep(
  rule: FareRule,
  values: StepValues = {},
  { amountFen, campaign, valuesZh, textKey = rule }: StepDetails = {},
): PriceStep {
  const { text, textZh } = texts[textKey];
  return {
    rule,
    text: fill(text, values),
    textZh: fill(textZh, { ...values, ...valuesZh }),
    ...(amountFen === undefined ? {} : { amountFen }),
    ...(campaign === undefined ? {} : { campaign }),
  };
}
