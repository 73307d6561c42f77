/**
 * The span of taps (instants, both inclusive) that have to be priced together with a tap: all of the card's. Quotas a
 * campaign and transfers from ride to ride know no shorter bound that holds for every tariff, and a card has few taps:
 * two thousand in a year of riding every day.
 */
export function pricingWindow(): { readonly from: string; readonly to: string } {
  return { from: '0001-01-01T00:00:00Z', to: '9999-12-31T23:59:59Z' };
}
