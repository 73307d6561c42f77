import type { FareCard, FareTap } from '../../gateway/fares/index.js';
import { type Service, services } from '../../tap/index.js';
import { CommandError } from '../exit-codes.js';
import { parseInstant } from '../options/instant.js';
import { parsePlace } from '../options/place.js';
import type { TapsToPrice } from './read-taps.js';

export interface JourneyOptions {
  readonly service?: string;
  readonly at?: string;
  readonly place?: string;
  readonly to?: string;
  readonly minutes?: string;
  readonly amount?: number;
  readonly member?: boolean;
  readonly certified?: string[];
  readonly rider?: string[];
}

/** Services with a tap at the beginning and one at the end. */
const events = {
  metro: ['entry', 'exit'],
  bicycle: ['start', 'end'],
  parking: ['start', 'end'],
} as const satisfies Partial<Record<Service, readonly [FareTap['event'], FareTap['event']]>>;

const MINUTE_MS = 60_000;

/** One journey, given by options. Throws {@link CommandError}. */
export async function journeyOf(options: JourneyOptions): Promise<TapsToPrice> {
  const service = services.find((each) => each === options.service);
  if (service === undefined) {
    const given = options.service === undefined ? '' : `there is no service ${options.service}; `;
    const message = `${given}name a file of taps, or a journey with --service ${services.join('|')}`;
    throw new CommandError('journey-missing', message);
  }
  const minutes = Number(options.minutes ?? 30);
  if (!(minutes >= 0)) throw new CommandError('journey-missing', `--minutes ${options.minutes}: no number of minutes`);
  const start = await parseInstant(options.at ?? '2015-10-13T12:00:00');
  const place = options.place === undefined ? {} : await parsePlace(options.place);
  const to = options.to === undefined ? place : await parsePlace(options.to);
  const tap = (id: string, event: FareTap['event'], after: number, where: FareTap['place']): FareTap => ({
    id,
    service,
    event,
    place: where,
    at: new Date(start.getTime() + after * MINUTE_MS).toISOString(),
    amountFen: options.amount ?? 0,
  });
  const pair = service in events ? events[service as keyof typeof events] : undefined;
  const taps = pair ? [tap('1', pair[0], 0, place), tap('2', pair[1], minutes, to)] : [tap('1', 'single', 0, place)];
  return { card: cardOf(options), taps };
}

const cardOf = ({ member = false, certified = [], rider = [] }: JourneyOptions): FareCard => ({
  generation: 'pboc3',
  member: member || certified.length > 0,
  categories: rider,
  certifications: certified.map((year) => ({ year: Number(year), at: `${year}-01-01T00:00:00+08:00`, by: 'self' })),
  states: [],
});
