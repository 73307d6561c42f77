import { z } from 'zod';
import { services } from '../../tap/index.js';
import { clockTime, date, fen, provenance, text } from './fare-fields.js';

const metres = z.int().min(0).max(10_000_000);
const minutes = z.int().min(0).max(100_000);

interface Band {
  readonly uptoM: number;
  readonly fareFen: number;
}
const isAbove = (band: Band, before: Band): boolean => band.uptoM > before.uptoM && band.fareFen >= before.fareFen;

const metroSchema = z
  .strictObject({
    ...provenance,
    /** Fares by distance, upper ends inclusive, in rising order. */
    bands: z.array(z.strictObject({ uptoM: metres, fareFen: fen, ...provenance })).min(1),
    /** Beyond the last band, for each `everyM` begun. */
    beyond: z.strictObject({ everyM: metres.min(1), fareFen: fen, ...provenance }),
    /** Who stays longer pays the highest single fare from the exit station. */
    stayMinutes: minutes,
    /** The same way through the gates of a station again in less time than this is refused. */
    passback: z.strictObject({ minutes, ...provenance }),
    /** A journey of which one tap is known: the highest single fare from its station, or the lowest of all. */
    incomplete: z.enum(['highest', 'lowest']).optional(),
    /** Who leaves where they entered in less than this pays nothing; else, and without this row, the lowest fare. */
    sameStation: z.strictObject({ freeMinutes: minutes, ...provenance }).optional(),
    /** How fast a ride is: taps of one type that are a ride apart by it are one, and the type of one of them is wrong. */
    pairing: z
      .strictObject({
        fastestKmh: z.int().min(1).max(1000),
        slowestKmh: z.int().min(1).max(1000),
        waitMinutes: minutes,
        ...provenance,
      })
      .refine(
        ({ fastestKmh, slowestKmh }) => slowestKmh <= fastestKmh,
        'the slowest ride is no faster than the fastest',
      )
      .optional(),
    lines: z
      .array(
        z.strictObject({
          line: text,
          ...provenance,
          /** Where each lies, from any point of the line. Lines meet where they name one station. */
          stations: z.array(z.strictObject({ station: text, positionM: metres, ...provenance })).min(2),
        }),
      )
      .min(1),
  })
  .refine(({ bands }) => bands.every((band, index) => index === 0 || isAbove(band, bands[index - 1]!)), {
    path: ['bands'],
    message: 'bands rise in distance and do not fall in fare',
  });

const busSchema = z.strictObject({
  ...provenance,
  /** Where the tap says no fare of its own. */
  fareFen: fen,
  /** A second ride in this time after the first, both ends inclusive, is reduced. */
  transfer: z
    .strictObject({ fromMinutes: minutes, uptoMinutes: minutes, reductionFen: fen, sponsor: text, ...provenance })
    .refine(({ fromMinutes, uptoMinutes }) => fromMinutes <= uptoMinutes, 'a transfer begins before it ends')
    .optional(),
});

const bicycleSchema = z.strictObject({
  ...provenance,
  freeMinutes: minutes,
  /** Price of each hour begun after the free part; then `furtherHourFen` for each. */
  hoursFen: z.array(fen),
  furtherHourFen: fen,
});

const taxiSchema = z.strictObject({
  ...provenance,
  base: z.strictObject({ fareFen: fen, uptoM: metres }),
  /** Beyond the base, metre by metre. */
  perKilometreFen: fen,
  /** The way back is empty: beyond `fromM` a kilometre costs so much more, in basis points, up to the next row. */
  emptyRun: z
    .array(z.strictObject({ fromM: metres, basisPoints: z.int().min(0).max(100_000), ...provenance }))
    .refine(
      (rows) => rows.every(({ fromM }, index) => index === 0 || fromM > rows[index - 1]!.fromM),
      'rows rise in distance',
    )
    .optional(),
  /** For each minute begun that the taxi waits: so much for the first ones, so much for each behind them. */
  waiting: z.strictObject({ firstMinutes: minutes, firstFen: fen, furtherFen: fen, ...provenance }).optional(),
  /** Beyond the base way a kilometre costs so much more at night, by the time of the tap. */
  night: z.strictObject({ from: clockTime, to: clockTime, perKilometreFen: fen, ...provenance }).optional(),
});

const parkingSchema = z.strictObject({
  ...provenance,
  /** When the time is paid by unit; outside it there is one price for the stay. */
  day: z
    .strictObject({ from: clockTime, to: clockTime })
    .refine(({ from, to }) => from < to, 'a day begins before it ends'),
  unitMinutes: minutes.min(1),
  zones: z
    .array(
      z.strictObject({
        zone: text,
        ...provenance,
        /** Who stays longer pays from the first minute. */
        freeMinutes: minutes,
        /** For each of the first `firstUnits` begun; then `furtherUnitFen` for each. */
        unitFen: fen,
        firstUnits: z.int().min(0),
        furtherUnitFen: fen,
        /** Once for a stay that touches the night. */
        nightFen: fen,
      }),
    )
    .refine((zones) => new Set(zones.map(({ zone }) => zone)).size === zones.length, 'each zone is there once'),
});

/** Fares of a city: what a journey costs before anybody's discount. A shop and a cinema say themselves what is due. */
export const tariffSchema = z
  .strictObject({
    id: text,
    name: text,
    nameZh: text.optional(),
    ...provenance,
    /** The id of a tariff from which it takes all that it does not say itself. */
    basedOn: text.optional(),
    /** Counts corrections of a tariff that keeps its id. */
    version: z.int().min(1).optional(),
    /** First and last service day. Without `to` it holds until the next version begins. */
    from: date.optional(),
    to: date.optional(),
    serviceDayBegins: clockTime.default('03:00'),
    metro: metroSchema.optional(),
    bus: busSchema.optional(),
    bicycle: bicycleSchema.optional(),
    taxi: taxiSchema.optional(),
    parking: parkingSchema.optional(),
    /** What one card pays at most for a service in a period; the rest is the operator's. */
    caps: z
      .array(
        z.strictObject({
          service: z.enum(services),
          per: z.enum(['day', 'month']),
          atMostFen: fen,
          sponsor: text,
          ...provenance,
        }),
      )
      .default([]),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    path: ['to'],
    message: 'a tariff ends on or after the day on which it begins',
  });

export type Tariff = z.infer<typeof tariffSchema>;
export type MetroTariff = NonNullable<Tariff['metro']>;
export type TaxiTariff = NonNullable<Tariff['taxi']>;
