import { type EvidenceRefusal, evidenceRefusals } from '../evidence/index.js';
import type { TapRefusal as FareRefusal } from '../fares/index.js';
import ownRefusals from './refusals.json';

/** Why a tap is not accepted: its evidence, its identity, its transaction counter or its price stands against it. */
export type TapRefusal = keyof typeof ownRefusals | EvidenceRefusal | FareRefusal;

export interface TapRefusalDefinition {
  readonly meaning: string;
  readonly meaningZh: string;
}

/** Every code that a tap can be answered with, in words. */
export const tapRefusals: Readonly<Record<TapRefusal, TapRefusalDefinition>> = { ...evidenceRefusals, ...ownRefusals };
