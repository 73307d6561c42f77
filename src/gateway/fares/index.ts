export { boxedCampaigns, boxedTariffSets, boxedTariffs } from './boxed-fares.js';
export { carriedPeriod } from './campaign-quota.js';
export type { CampaignSet } from './campaign-schema.js';
export { type CheckedFile, type CheckedFinding, checkFareFiles } from './check-fare-file.js';
export { diffFields, diffPrices, type FieldDifference, type PriceDifference } from './diff-fares.js';
export { fareRefusals, fareRules, type TapRefusal } from './fare-codes.js';
export { FareError, type FareErrorCode, type FareIssue } from './fare-error.js';
export {
  type CardState,
  type FareCard,
  type FareTap,
  type PricedCard,
  type PricedJourney,
  type PriceStep,
  unknownCard,
} from './fare-types.js';
export {
  isTariffSetId,
  loadCampaigns,
  loadTariff,
  loadTariffs,
  parseCampaigns,
  parseTariff,
  parseTariffFiles,
} from './load-fares.js';
export { lostToMembership } from './lost-to-membership.js';
export { type MetroNetwork, metroNetwork } from './metro-network.js';
export { type CarriedUse, priceCard } from './price-card.js';
export { type CarriedQuota, priceReach } from './price-reach.js';
export { type PricingWindow, pricingWindow } from './pricing-window.js';
export { type QuotaUsed, quotasUsed } from './quota-uses.js';
export { reasonsOfMembership } from './reasons-against.js';
export { lastingServices, lastsOverDays } from './ride.js';
export { serviceDayAt, serviceDayOf, serviceDayStart } from './service-day.js';
export { inOrder } from './sort-taps.js';
export type { MetroTariff, Tariff } from './tariff-schema.js';
export { combineTariffs, type TariffSet, type Tariffs, tariffOn, tariffSetOf } from './tariff-set.js';
export { touchedStays } from './touched-stays.js';
