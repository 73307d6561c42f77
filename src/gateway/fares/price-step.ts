import type { FareRule, PriceStep } from './fare-types.js';
import texts from './step-texts.json';

type Values = Readonly<Record<string, string | number | undefined>>;

const fill = (template: string, values: Values): string =>
  template.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));

/** A step in words; `values` fill the blanks of `step-texts.json`, `valuesZh` those that Chinese says otherwise. */
export function priceStep(
  rule: FareRule,
  values: Values = {},
  { amountFen, campaign, valuesZh }: { amountFen?: number; campaign?: string; valuesZh?: Values } = {},
): PriceStep {
  const { text, textZh } = texts[rule];
  return {
    rule,
    text: fill(text, values),
    textZh: fill(textZh, { ...values, ...valuesZh }),
    ...(amountFen === undefined ? {} : { amountFen }),
    ...(campaign === undefined ? {} : { campaign }),
  };
}
