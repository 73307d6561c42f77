import { type CardProfile, loadProfile } from '../../../../simulator/index.js';
import { loadTariff, metroNetwork, type Tariff } from '../../../gateway/index.js';
import data from './city.json';

export type CityData = typeof data;
export type TripKind = keyof CityData['errands'];
export type ProfileName = keyof CityData['profiles'];

export interface Station {
  readonly line: string;
  readonly station: string;
  /** Its number on the line, as gates are called by it. */
  readonly number: number;
}

/** Ningbo, as far as a day of taps needs it: stations, fares and zones are those of the tariff in the box. */
export interface City extends CityData {
  readonly stations: readonly Station[];
  readonly zones: readonly string[];
  readonly taxi: { readonly fareFen: number; readonly uptoM: number; readonly perKilometreFen: number };
  /** Metres by the shortest way. */
  distance(from: Station, to: Station): number;
}

let known: City | undefined;

export function loadCity(): City {
  known ??= makeCity(loadTariff('ningbo-2015'));
  return known;
}

function makeCity({ metro, parking, taxi }: Tariff): City {
  const network = metroNetwork(metro!);
  const { base, perKilometreFen } = taxi!;
  return {
    ...data,
    stations: metro!.lines.flatMap(({ line, stations }) =>
      stations.map(({ station }, index) => ({ line, station, number: index + 1 })),
    ),
    zones: parking!.zones.map(({ zone }) => zone),
    taxi: { ...base, perKilometreFen },
    distance: (from, to) => network.distance(from.station, to.station) ?? 0,
  };
}

/** What the meter shows after these metres. */
export function taxiFareFen({ taxi: { fareFen, uptoM, perKilometreFen } }: City, metres: number): number {
  return fareFen + Math.ceil((Math.max(0, metres - uptoM) * perKilometreFen) / 1000);
}

const profiles = new Map<ProfileName, CardProfile>();

/** A profile of the box, read once. */
export function profileNamed(name: ProfileName): CardProfile {
  const profile = profiles.get(name) ?? loadProfile(name);
  profiles.set(name, profile);
  return profile;
}
