import type { FareTap } from './fare-types.js';
import type { Tariff } from './tariff-schema.js';

/** A journey that is priced to show what a tariff costs. */
export interface SampleJourney {
  readonly title: string;
  readonly taps: readonly FareTap[];
}

const MINUTE_MS = 60_000;
const NOON = '12:00';
const NIGHT = '23:00';

const instant = (day: string, clock: string, minutes = 0): string =>
  new Date(Date.parse(`${day}T${clock}:00+08:00`) + minutes * MINUTE_MS).toISOString();

type Half = Omit<FareTap, 'id' | 'amountFen'>;

const sample = (title: string, halves: readonly Half[]): SampleJourney => ({
  title,
  taps: halves.map((half, index) => ({ ...half, id: `${title} ${index}`, amountFen: 0 })),
});

/** Journeys of every service of a tariff on a day: what a rider would notice is among them. */
export function sampleJourneys(tariff: Tariff, day: string): SampleJourney[] {
  return [
    ...metroSamples(tariff, day),
    ...busSamples(tariff, day),
    ...staySamples('bicycle', [30, 61, 90, 150, 240], tariff.bicycle ? [undefined] : [], day),
    ...staySamples('parking', [10, 20, 60, 150, 300, 900], tariff.parking?.zones.map(({ zone }) => zone) ?? [], day),
    ...taxiSamples(tariff, day),
  ];
}

function metroSamples({ metro }: Tariff, day: string): SampleJourney[] {
  const stations = [...new Set(metro?.lines.flatMap((line) => line.stations.map(({ station }) => station)))];
  const gate = (station: string, event: 'entry' | 'exit', minutes: number): Half => ({
    service: 'metro',
    event,
    place: { station },
    at: instant(day, NOON, minutes),
  });
  return stations.flatMap((from, index) =>
    stations
      .slice(index + 1)
      .map((to) => sample(`metro ${from} → ${to}`, [gate(from, 'entry', 0), gate(to, 'exit', 40)])),
  );
}

function busSamples({ bus }: Tariff, day: string): SampleJourney[] {
  if (!bus) return [];
  const ride = (line: string, minutes: number): Half => ({
    service: 'bus',
    event: 'single',
    place: { line, region: 'urban' },
    at: instant(day, NOON, minutes),
  });
  return [
    sample('bus', [ride('1', 0)]),
    ...[4, 10, 30, 60].map((minutes) =>
      sample(`bus, and another ${minutes} minutes later`, [ride('1', 0), ride('2', minutes)]),
    ),
  ];
}

function staySamples(
  service: 'bicycle' | 'parking',
  durations: readonly number[],
  zones: readonly (string | undefined)[],
  day: string,
): SampleJourney[] {
  return zones.flatMap((zone) =>
    durations.map((minutes) => {
      const half = (event: 'start' | 'end', after: number): Half => ({
        service,
        event,
        place: zone === undefined ? {} : { zone },
        at: instant(day, '10:00', after),
      });
      const where = zone === undefined ? '' : ` in zone ${zone}`;
      return sample(`${service}${where}, ${minutes} minutes`, [half('start', 0), half('end', minutes)]);
    }),
  );
}

function taxiSamples({ taxi }: Tariff, day: string): SampleJourney[] {
  if (!taxi) return [];
  return [NOON, NIGHT].flatMap((clock) =>
    [2, 5, 12, 25].map((km) => {
      const place = { distanceM: km * 1000, waitingS: 300 };
      const when = clock === NOON ? 'by day' : 'at night';
      return sample(`taxi ${km} km ${when}, 5 minutes of waiting`, [
        { service: 'taxi', event: 'single', place, at: instant(day, clock) },
      ]);
    }),
  );
}
