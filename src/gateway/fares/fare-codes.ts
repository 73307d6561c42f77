/** What a step is about. `fare` and `rounding` are no rules of a journey: they stand in every one. */
export const fareRules = [
  'fare',
  'rounding',
  'surcharge',
  'member-rate',
  'amount-off',
  'fixed-price',
  'first-part-free',
  'transfer',
  'cap',
  'not-a-member',
  'not-yet-a-member',
  'member-left',
  'not-certified',
  'certification-withdrawn',
  'outside-region',
  'campaign-not-started',
  'campaign-ended',
  'not-on-this-day',
  'not-at-this-time',
  'other-generation',
  'below-threshold',
  'quota-used',
  'better-campaign',
  'no-campaign',
  'incomplete-journey',
  'overstay',
  'same-station',
  'by-place-and-time',
] as const;

/** Why a tap counts for nothing. */
export const fareRefusals = [
  'card-generation',
  'card-inactive',
  'card-lost',
  'card-closed',
  'duplicate',
  'passback',
  /** A station or a zone that the tariff does not know. */
  'unknown-place',
  /** The tariff says nothing of the service, or nothing of such an event there. */
  'unknown-service',
] as const;

export type FareRule = (typeof fareRules)[number];
export type TapRefusal = (typeof fareRefusals)[number];
