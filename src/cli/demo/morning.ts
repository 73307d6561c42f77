import type { Place, TapEvent } from '../../tap/index.js';
import script from './morning.json';

/** Somebody with a card, as the union and the bank know them. */
export interface Rider {
  readonly name: string;
  /** The profile of the card. */
  readonly profile: string;
  readonly who: string;
  /** Absent: the union has never heard of this card. */
  readonly certifications?: readonly { readonly year: number; readonly at: string; readonly by: string }[];
  readonly lostFrom?: string;
}

export interface Scene {
  readonly rider: string;
  /** Shanghai's clock. */
  readonly at: string;
  /** The terminal's profile. */
  readonly terminal: string;
  readonly name: string;
  readonly operator: string;
  readonly event: TapEvent;
  readonly place: Place;
}

/** What happens in the demo, in order. */
export interface Morning {
  readonly serviceDay: string;
  readonly title: string;
  readonly riders: Readonly<Record<string, Rider>>;
  readonly scenes: readonly Scene[];
}

export const morning: Morning = script as Morning;
