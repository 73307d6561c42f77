import { type MetroTariff, metroNetwork } from '../../../gateway/fares/index.js';
import type { FareTable, PlaceCode } from '../../../terminal/index.js';

interface Stop extends PlaceCode {
  readonly lineName: string;
  readonly name: string;
}

const STATIONS_OF_A_LINE = 100;
const MINUTE_MS = 60_000;

/**
 * The metro of a tariff as an offline gate has it: lines numbered from 1, stations from 1 within their line (203 is the
 * third of line 2), and the fare between two of them; who stays too long pays the highest fare, as at the gateway.
 */
export function metroFareTable(metro: MetroTariff): FareTable {
  const network = metroNetwork(metro);
  const stops: Stop[] = metro.lines.flatMap(({ line: lineName, stations }, index) =>
    stations.map(({ station: name }, position) => {
      const line = index + 1;
      return { lineName, name, line, station: line * STATIONS_OF_A_LINE + position + 1 };
    }),
  );
  return {
    codeOf: ({ line, station }) =>
      stops.find((stop) => stop.name === station && (line === undefined || stop.lineName === line)) ??
      stops.find((stop) => stop.name === station),
    fareFen: ({ record, time }, here) => {
      const [from, to] = [Number(record.entryStation), here.station].map(
        (code) => stops.find(({ station }) => station === code)?.name,
      );
      if (from === undefined || to === undefined) return undefined;
      const minutes = (instantOf(time) - instantOf(String(record.entryTime))) / MINUTE_MS;
      if (minutes > metro.stayMinutes) return network.highestFare(to).fareFen;
      const distance = network.distance(from, to);
      return distance === undefined ? undefined : network.fare(distance).fareFen;
    },
  };
}

/** YYYYMMDDhhmmss; only differences count, both are the terminals' local time. */
function instantOf(time: string): number {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(time) ?? [];
  return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
}
