import { onceFor } from '../../../emv/once-for.js';
import { type FareRow, type FullFare, fareOf } from './fare-of.js';
import type { MetroTariff } from './tariff-schema.js';

/** Distances between stations of a metro, and the fares that follow from them. */
export interface MetroNetwork {
  has(station: string): boolean;
  /** Metres by the shortest path, changes of line included; `undefined` where there is none. */
  distance(from: string, to: string): number | undefined;
  fare(distanceM: number): FareRow;
  /** What a journey costs, and in which words; `undefined` where there is no way. */
  journey(from: string, to: string): FullFare | undefined;
  /** The dearest single journey from a station. */
  highestFare(station: string): FareRow;
}

/** The network of a tariff; worked out once, since every price asks for it. */
export const metroNetwork = onceFor((tariff: MetroTariff): MetroNetwork => {
  const neighbours = neighboursOf(tariff);
  const distances = new Map([...neighbours.keys()].map((station) => [station, shortestPaths(station, neighbours)]));
  const fare = (distanceM: number) => fareByDistance(tariff, distanceM);
  const highest = new Map(
    [...distances].map(([station, reachable]) => [station, fare(Math.max(0, ...reachable.values()))]),
  );
  const journeys = new Map([...distances.keys()].map((station) => [station, new Map<string, FullFare>()]));
  const journey = (from: string, to: string): FullFare | undefined => {
    const known = journeys.get(from)?.get(to);
    if (known) return known;
    const distanceM = distances.get(from)?.get(to);
    if (distanceM === undefined) return undefined;
    const made = fareOf(rowOfJourney(fare(distanceM), from, to, distanceM));
    journeys.get(from)?.set(to, made);
    return made;
  };
  return {
    journey,
    has: (station) => neighbours.has(station),
    distance: (from, to) => distances.get(from)?.get(to),
    fare,
    highestFare: (station) => highest.get(station) ?? fare(0),
  };
});

type Neighbours = ReadonlyMap<string, ReadonlyMap<string, number>>;

function neighboursOf({ lines }: MetroTariff): Neighbours {
  const neighbours = new Map<string, Map<string, number>>();
  const join = (from: string, to: string, metres: number) => {
    const known = neighbours.get(from) ?? new Map<string, number>();
    known.set(to, Math.min(metres, known.get(to) ?? Number.POSITIVE_INFINITY));
    neighbours.set(from, known);
  };
  for (const { stations } of lines) {
    for (const [index, { station, positionM }] of stations.entries()) {
      const next = stations[index + 1];
      if (next === undefined) continue;
      const metres = Math.abs(next.positionM - positionM);
      join(station, next.station, metres);
      join(next.station, station, metres);
    }
  }
  return neighbours;
}

/** Dijkstra; a metro has few enough stations to look for the nearest one by one. */
function shortestPaths(start: string, neighbours: Neighbours): Map<string, number> {
  const distances = new Map([[start, 0]]);
  const open = new Set([start]);
  while (open.size > 0) {
    const nearest = [...open].reduce((best, station) =>
      distances.get(station)! < distances.get(best)! ? station : best,
    );
    open.delete(nearest);
    for (const [station, metres] of neighbours.get(nearest) ?? []) {
      const distance = distances.get(nearest)! + metres;
      if (distance >= (distances.get(station) ?? Number.POSITIVE_INFINITY)) continue;
      distances.set(station, distance);
      open.add(station);
    }
  }
  return distances;
}

function fareByDistance({ bands, beyond }: MetroTariff, distanceM: number): FareRow {
  const band = bands.find(({ uptoM }) => distanceM <= uptoM);
  if (band) return fareRow(band);
  const last = bands[bands.length - 1]!;
  const steps = Math.ceil((distanceM - last.uptoM) / beyond.everyM);
  return fareRow({ uptoM: last.uptoM + steps * beyond.everyM, fareFen: last.fareFen + steps * beyond.fareFen });
}

const fareRow = ({ uptoM, fareFen }: { readonly uptoM: number; readonly fareFen: number }): FareRow => ({
  fareFen,
  product: `metro up to ${uptoM / 1000} km`,
  productZh: `地铁${uptoM / 1000}公里以内`,
});

function rowOfJourney({ fareFen, product, productZh }: FareRow, from: string, to: string, distanceM: number): FareRow {
  const km = (distanceM / 1000).toFixed(2);
  return {
    fareFen,
    product: `${product} (${from} → ${to}, ${km} km)`,
    productZh: `${productZh}（${from} → ${to}，${km}公里）`,
  };
}
