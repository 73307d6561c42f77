import { z } from 'zod';
import { NAME_RULE, namePattern } from './name-pattern.js';

/** What the evidence of one tap may hold: bytes of each data object and record, and records. */
export const evidenceLimits = { bytes: 65_535, records: 64 } as const;

/** An even number of hex digits in either case; upper case once parsed. */
const hex = z
  .string()
  .regex(/^([0-9A-Fa-f]{2})*$/, 'an even number of hex digits')
  .max(2 * evidenceLimits.bytes)
  .toUpperCase();
export const tagPattern = /^[0-9A-F]{2,6}$/;
const tag = z.string().regex(tagPattern, 'a tag in upper-case hex');
const name = z.string().regex(namePattern, NAME_RULE);

/** ISO 8601 with an offset; a tap without one would belong to no service day. */
export const instantSchema = z.iso.datetime({ offset: true });

/** Where a card can be tapped. */
export const services = ['metro', 'bus', 'parking', 'taxi', 'bicycle', 'retail', 'cinema'] as const;
/** What a tap is of its ride, stay or purchase, as the terminal says. */
export const tapEvents = ['entry', 'exit', 'single', 'start', 'end'] as const;

/** Fields of a place that are names, in the order in which a place is written. */
export const placeNames = ['line', 'station', 'stop', 'zone', 'region', 'dock', 'merchant'] as const;
/** Fields of a place that are numbers from 0 on, and the greatest that each can be. */
export const placeNumbers = { fareFen: 100_000_00, distanceM: 10_000_000, waitingS: 1_000_000 } as const;
export const tapAmountMaxFen = 1_000_000_00;

/** Which of its fields a price needs depends on the service. */
export const placeSchema = z
  .strictObject({
    line: name.optional(),
    station: name.optional(),
    stop: name.optional(),
    zone: name.optional(),
    region: name.optional(),
    dock: name.optional(),
    merchant: name.optional(),
    /** Bus: the fare class of this ride in fen, where the line has one. */
    fareFen: z.int().min(0).max(placeNumbers.fareFen).optional(),
    /** Taxi: metres driven. */
    distanceM: z.int().min(0).max(placeNumbers.distanceM).optional(),
    /** Taxi: seconds of waiting. */
    waitingS: z.int().min(0).max(placeNumbers.waitingS).optional(),
  })
  .describe('Where the tap was made');

const evidenceSchema = z
  .strictObject({
    applicationIdentifier: hex.describe('AID of the selected application (84)'),
    data: z
      .record(tag, hex)
      .describe(
        'Data objects exchanged in the transaction, terminal and card: 9F66 9F02 9F37 5F2A 9A 9C 9F1A 95 …, 82 94 57 9F36 9F10 9F26 9F4B 9F69 9F6C …',
      ),
    records: z
      .array(
        z.strictObject({
          shortFileIdentifier: z.int().min(1).max(30),
          recordNumber: z.int().min(1).max(255),
          bytes: hex.describe('The answer to READ RECORD without its status word, template 70 included'),
        }),
      )
      .max(evidenceLimits.records)
      .describe('Every record read, in the order of the application file locator'),
  })
  .describe("What the gateway needs to check the card's signature itself");

/**
 * What a terminal says of one tap. Its identity is (operator, terminal, sequence);
 * everything else under one identity must stay the same for ever.
 */
export const tapRecordSchema = z
  .strictObject({
    version: z.literal(1),
    operator: name,
    terminal: name,
    sequence: z.int().min(1).describe("The terminal's own counter, without gaps"),
    at: instantSchema.describe('Instant of the tap by the terminal, with offset'),
    service: z.enum(services),
    event: z.enum(tapEvents),
    place: placeSchema,
    amountFen: z.int().min(0).max(tapAmountMaxFen).describe('Debited on the card in fen; 0 for an identity tap'),
    evidence: evidenceSchema,
  })
  .describe('Tap record');

export type TapRecord = z.infer<typeof tapRecordSchema>;
export type Place = z.infer<typeof placeSchema>;
export type Evidence = z.infer<typeof evidenceSchema>;
export type Service = (typeof services)[number];
export type TapEvent = (typeof tapEvents)[number];
