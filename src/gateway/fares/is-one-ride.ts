import { metroNetwork } from './metro-network.js';
import type { MetroTariff } from './tariff-schema.js';
import { minutesFrom, type TimedTap } from './timed-tap.js';

const MINUTES_OF_AN_HOUR = 60;
const METRES_OF_A_KILOMETRE = 1000;

/**
 * Whether place and time alone tell that somebody rode from one tap to the other: two stations, and neither faster than
 * the trains nor slower than who has only to wait for one. Never where the tariff does not say how fast that is.
 */
export function isOneRide(one: TimedTap, other: TimedTap, tariff: MetroTariff): boolean {
  const { pairing } = tariff;
  if (!pairing) return false;
  const distanceM = metroNetwork(tariff).distance(one.tap.place.station ?? '', other.tap.place.station ?? '');
  if (!distanceM) return false;
  const minutes = minutesFrom(one, other);
  const minutesAt = (kilometresPerHour: number) =>
    (distanceM * MINUTES_OF_AN_HOUR) / (METRES_OF_A_KILOMETRE * kilometresPerHour);
  return (
    minutes >= minutesAt(pairing.fastestKmh) &&
    minutes <= minutesAt(pairing.slowestKmh) + pairing.waitMinutes &&
    minutes <= tariff.stayMinutes
  );
}
