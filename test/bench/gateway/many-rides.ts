import type { TapRecord } from '../../../src/tap/index.js';
import { cardInPocket } from '../../gateway/support/card-in-pocket.js';

const CARDS = 100;
const RIDES = 4;
const TERMINALS = 40;

/** Bus rides that prove themselves: all cards in the first hour, all again in the next. */
export async function manyRides(): Promise<TapRecord[]> {
  return ridesAt(CARDS, RIDES, (ride) => `2015-10-03T1${ride}:00:00+08:00`);
}

/**
 * Four bus rides a day of each card, all cards in turn, a second apart; however many they are, the last day is the one
 * before the taps of the benches are posted.
 */
export function ridesOfDays(cards: number, rides: number): Promise<TapRecord[]> {
  const days = Math.ceil(rides / 4);
  const startMs = Date.parse('2015-10-05T08:00:00+08:00') - (days - 1) * 86_400_000;
  return ridesAt(cards, rides, (ride, card) => new Date(startMs + ride * 6 * 3_600_000 + card * 1000).toISOString());
}

async function ridesAt(
  cards: number,
  rides: number,
  atOf: (ride: number, card: number) => string,
): Promise<TapRecord[]> {
  const pockets = Array.from({ length: cards }, (_, card) =>
    cardInPocket('service-card-51', { pan: withCheckDigit(`62280001000000${1000 + card}`) }),
  );
  const taps: TapRecord[] = [];
  for (let ride = 0; ride < rides; ride++) {
    for (const [card, pocket] of pockets.entries()) {
      const tap = await pocket.tapAt('bus-validator', { at: atOf(ride, card) });
      // Without gaps, as a terminal counts: a gap is an exception, and costs as much as a tap.
      const sequence = Math.floor(taps.length / TERMINALS) + 1;
      taps.push({ ...tap, terminal: `bus-${taps.length % TERMINALS}`, sequence });
    }
  }
  return taps;
}

/** ISO/IEC 7812-1 annex B (Luhn). */
function withCheckDigit(digits: string): string {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}
