import type { Campaign } from './campaign-schema.js';
import type { PriceStep } from './fare-types.js';
import { priceStep, type StepText, type StepValues } from './price-step.js';

/** A step that speaks of a campaign by its name. */
export function campaignStep(
  { id, name, nameZh }: Campaign,
  rule: PriceStep['rule'],
  values: StepValues = {},
  { amountFen, textKey, valuesZh }: { amountFen?: number; textKey?: StepText; valuesZh?: StepValues } = {},
): PriceStep {
  return priceStep(
    rule,
    { campaign: name, ...values },
    {
      campaign: id,
      valuesZh: { campaign: nameZh ?? name, ...valuesZh },
      ...(amountFen !== undefined && { amountFen }),
      ...(textKey && { textKey }),
    },
  );
}
