import {
  type CampaignSet,
  type FareCard,
  type FareTap,
  loadCampaigns,
  loadTariff,
  type PricedJourney,
  priceCard,
  type Tariffs,
  unknownCard,
} from '../../../src/gateway/fares/index.js';

export const ningbo = loadTariff('ningbo-2015');
export const campaigns2015 = loadCampaigns('ningbo-2015');
export const campaigns2016 = loadCampaigns('ningbo-2016');
export const noCampaigns: CampaignSet = { id: 'none', holidays: [], campaigns: [] };

export const stranger = unknownCard;
export const member: FareCard = { ...unknownCard, member: true };

/** `08:00`, `08:00:01` or `2015-10-14 08:00`: a Shanghai time, of Tuesday 2015-10-13 where no day is named. */
export function at(time: string): string {
  const [day, clock] = time.includes(' ') ? time.split(' ') : ['2015-10-13', time];
  return `${day}T${clock?.length === 5 ? `${clock}:00` : clock}+08:00`;
}

/** A tap whose id is its place in the list that is priced, unless it has one. */
export type MadeTap = Omit<FareTap, 'id'> & { readonly id?: string };

export const enter = (station: string, time: string): MadeTap => tapOf('metro', 'entry', time, { station });
export const leave = (station: string, time: string): MadeTap => tapOf('metro', 'exit', time, { station });
export const rideBus = (time: string, place: FareTap['place'] = { line: '10', region: 'urban' }): MadeTap =>
  tapOf('bus', 'single', time, place);
export const buy = (merchant: string, time: string, amountFen: number): MadeTap =>
  tapOf('retail', 'single', time, { merchant }, amountFen);
export const watchFilm = (time: string, amountFen = 3500, merchant = 'wanda'): MadeTap =>
  tapOf('cinema', 'single', time, { merchant }, amountFen);

export function tapOf(
  service: FareTap['service'],
  event: FareTap['event'],
  time: string,
  place: FareTap['place'] = {},
  amountFen = 0,
): MadeTap {
  return { service, event, place, at: at(time), amountFen };
}

export interface Circumstances {
  readonly tariff?: Tariffs;
  readonly campaigns?: CampaignSet;
  readonly card?: FareCard;
  readonly isClosed?: (serviceDay: string) => boolean;
}

/** Prices in Ningbo in 2015; for a stranger, without campaigns and with every day closed unless said otherwise. */
export function price(
  taps: readonly MadeTap[],
  { tariff = ningbo, campaigns = noCampaigns, card = stranger, isClosed = () => true }: Circumstances = {},
) {
  return priceCard({ tariff, campaigns, card, isClosed, taps: numbered(taps) });
}

export const numbered = (taps: readonly MadeTap[]): FareTap[] =>
  taps.map((tap, index) => ({ id: `tap-${String(index).padStart(3, '0')}`, ...tap }));

/** What has to be paid for each journey, in order of start. */
export const netOf = ({ journeys }: { readonly journeys: readonly PricedJourney[] }): number[] =>
  journeys.map(({ netFen }) => netFen);

export const rulesOf = ({ journeys }: { readonly journeys: readonly PricedJourney[] }): string[][] =>
  journeys.map(({ rules }) => [...rules]);
