import type { FareRule } from './fare-codes.js';
import type { PriceStep } from './fare-types.js';
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

/** Words and the names of blanks in turn. */
type Template = readonly string[];

const split = (text: string): Template => text.split(/\{(\w+)\}/);

/** Taken apart once: every price says several of them. */
const templates = new Map(
  Object.entries(texts).map(([key, { text, textZh }]) => [key, { text: split(text), textZh: split(textZh) }]),
);

const fill = (template: Template, values: StepValues): string =>
  template.reduce((filled, part, index) => filled + (index % 2 === 0 ? part : String(values[part] ?? '')), '');

/** A step in words; `values` fill the blanks of `step-texts.json`. */
export function priceStep(
  rule: FareRule,
  values: StepValues = {},
  { amountFen, campaign, valuesZh, textKey = rule }: StepDetails = {},
): PriceStep {
  const { text, textZh } = templates.get(textKey)!;
  return {
    rule,
    text: fill(text, values),
    textZh: fill(textZh, { ...values, ...valuesZh }),
    ...(amountFen === undefined ? {} : { amountFen }),
    ...(campaign === undefined ? {} : { campaign }),
  };
}
