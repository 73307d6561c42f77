export type { ClaimChanged } from './change-claim.js';
export type { ClaimAnswer } from './claims.js';
export { createOffers, type Offers } from './create-offers.js';
export { expireClaims, expireClaimsJob } from './expire-claims.js';
export { offerIdSchema, offerItemSchema, offerSchema } from './offer-schema.js';
export { readClaim, readClaims } from './read-claims.js';
export { readOffer, readOffers } from './read-offers.js';
export { closeOffer, recordOffer } from './record-offer.js';
