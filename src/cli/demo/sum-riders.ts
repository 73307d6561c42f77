import { tapSchemaView } from '../receipt/posted-tap.js';
import type { Morning } from './morning.js';
import type { PlayedScene } from './play-scene.js';

/** What the morning cost one rider, from the receipts and from the purse. */
export interface RiderSum {
  readonly rider: string;
  readonly name: string;
  readonly who: string;
  readonly fareFen: number;
  readonly discountFen: number;
  readonly netFen: number;
  /** What has left the purse. */
  readonly debitedFen: number;
  /** Of that, what stands in no journey since the tap was refused. */
  readonly setAsideFen: number;
  /** The stable codes that decided: why less, why not, or why no ride at all. */
  readonly reasons: readonly string[];
}

/** Codes that stand in every price and decide nothing. */
const withoutWeight = new Set(['fare', 'rounding', 'campaign-ended', 'campaign-not-started', 'better-campaign']);

export function sumRiders(morning: Morning, scenes: readonly PlayedScene[]): RiderSum[] {
  return Object.entries(morning.riders).map(([rider, { name, who }]) => {
    const played = scenes.filter(({ scene }) => scene.rider === rider);
    const answers = played.map(({ tap, result, debitedFen }) => ({
      ...(tap === undefined ? {} : tapSchemaView.tap.parse(tap)),
      accepted: result.accepted,
      terminalReason: result.reason,
      debitedFen,
    }));
    const journeys = answers.flatMap(({ receipt }) => receipt?.journey ?? []).filter(({ status }) => status !== 'open');
    const refused = answers.filter(({ accepted, code }) => !accepted || code);
    return {
      rider,
      name,
      who,
      fareFen: sum(journeys.map(({ fareFen }) => fareFen)),
      discountFen: sum(journeys.map(({ discountFen }) => discountFen)),
      netFen: sum(journeys.map(({ netFen }) => netFen)),
      debitedFen: sum(answers.map(({ debitedFen }) => debitedFen)),
      setAsideFen: sum(refused.map(({ debitedFen }) => debitedFen)),
      reasons: [
        ...new Set([
          ...refused.map(({ code, terminalReason }) => code ?? terminalReason),
          ...journeys.flatMap(({ rules }) => rules).filter((rule) => !withoutWeight.has(rule)),
        ]),
      ],
    };
  });
}

export const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);
