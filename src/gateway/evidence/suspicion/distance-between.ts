import type { Place } from '../../../tap/index.js';
import type { PlaceMap } from './suspicion-policy.js';

const EARTH_RADIUS_KM = 6371;

interface Circle {
  readonly at: readonly [latitude: number, longitude: number];
  readonly radiusKm: number;
}

const own = <T>(values: Readonly<Record<string, T>>, name: string | undefined): T | undefined =>
  name !== undefined && Object.hasOwn(values, name) ? values[name] : undefined;

function circleOf(places: PlaceMap, { station, region }: Place): Circle | undefined {
  const at = own(places.stations.at, station);
  return at ? { at, radiusKm: places.stations.radiusKm } : own(places.regions, region);
}

/** Kilometres, in a straight line, that lie between two places at least; `undefined` where one is not on the map. */
export function distanceBetween(places: PlaceMap, one: Place, other: Place): number | undefined {
  const from = circleOf(places, one);
  const to = circleOf(places, other);
  if (!from || !to) return undefined;
  return Math.max(0, greatCircleKm(from.at, to.at) - from.radiusKm - to.radiusKm);
}

function greatCircleKm(from: Circle['at'], to: Circle['at']): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const [latitude, otherLatitude] = [radians(from[0]), radians(to[0])];
  const haversine = (angle: number) => Math.sin(angle / 2) ** 2;
  const chord =
    haversine(otherLatitude - latitude) +
    Math.cos(latitude) * Math.cos(otherLatitude) * haversine(radians(to[1] - from[1]));
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(Math.min(1, chord)));
}
