import type { Place, Service, TapEvent } from '../../tap/index.js';
import type { CardHistory } from '../membership/decide/card-history.js';
import type { FareRule, TapRefusal } from './fare-codes.js';

export type { CardGeneration, CardState } from '../membership/decide/card-history.js';

/** What prices need to know of a card: its whole history, so that each tap is judged as of its own instant. */
export interface FareCard extends CardHistory {
  /** Kinds of riders that campaigns may name: `senior`. */
  readonly categories?: readonly string[] | undefined;
}

/** A card that nobody has registered: it rides at the full fare. */
export const unknownCard: FareCard = { generation: 'pboc3', member: false, certifications: [], states: [] };

/** A tap as prices see it. `id` is the caller's, and decides which of two equal taps is the doubled one. */
export interface FareTap {
  readonly id: string;
  readonly service: Service;
  readonly event: TapEvent;
  readonly place: Place;
  /** ISO 8601 with offset. */
  readonly at: string;
  /** What was debited, or in a shop what was spent. */
  readonly amountFen: number;
}

/** One step on the way to a price, in words. `amountFen` is what it changed: below zero for a discount. */
export interface PriceStep {
  readonly rule: FareRule;
  readonly text: string;
  readonly textZh: string;
  readonly amountFen?: number;
  readonly campaign?: string;
}

export interface PricedJourney {
  /** The id of its first tap. */
  readonly id: string;
  readonly service: Service;
  readonly tapIds: readonly string[];
  /** YYYY-MM-DD. */
  readonly serviceDay: string;
  /** `open`: its end may still come, and it costs nothing yet. */
  readonly status: 'open' | 'complete' | 'incomplete';
  readonly startedAt: string;
  readonly endedAt?: string;
  /** The version of the tariff that held on its service day: `ningbo-2015`, or `ningbo-2015@2` from the second on. */
  readonly tariff: string;
  /** The row of the tariff: `metro 8000-13000 m`. */
  readonly fareProduct: string;
  readonly fareFen: number;
  readonly discountFen: number;
  /** fareFen − discountFen. */
  readonly netFen: number;
  readonly rules: readonly FareRule[];
  readonly steps: readonly PriceStep[];
  /** Who pays the discount; the amounts sum to discountFen. */
  readonly funding: readonly { readonly sponsor: string; readonly amountFen: number }[];
}

export interface PricedCard {
  /** In order of their start. */
  readonly journeys: readonly PricedJourney[];
  readonly refused: readonly { readonly tapId: string; readonly reason: TapRefusal }[];
}
