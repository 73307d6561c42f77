import type { MembershipReason } from '../../membership/index.js';
import type { ConditionRefusal, Entitlement } from '../entitlement/index.js';
import { fillWords, type TextValues } from '../fill-text.js';
import texts from './claim-refusals.json';

export type OfferRefusal = keyof typeof texts;

/** Why somebody gets nothing. */
export interface ClaimRefusal {
  readonly code: OfferRefusal | MembershipReason | ConditionRefusal;
  readonly text: string;
  readonly textZh: string;
}

export const offerRefusal = (code: OfferRefusal, values: TextValues = {}, valuesZh: TextValues = {}): ClaimRefusal => ({
  code,
  ...fillWords(texts[code], values, valuesZh),
});

export const entitlementRefusal = ({ reason, text, textZh }: Entitlement): ClaimRefusal => ({
  code: reason,
  text,
  textZh,
});
