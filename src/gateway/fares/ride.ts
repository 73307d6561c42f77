import type { Service } from '../../tap/index.js';
import type { FareTap } from './fare-types.js';
import type { TimedTap } from './timed-tap.js';

/** A journey before it has a price: one tap, or a beginning and its end. */
export interface Ride {
  readonly service: Service;
  readonly serviceDay: string;
  /** A beginning, or the only tap. */
  readonly start?: TimedTap;
  readonly end?: TimedTap;
  readonly status: 'open' | 'complete' | 'incomplete';
  /** Whether place and time told what the type of a tap did not. */
  readonly isByPlaceAndTime?: boolean;
}

/** Whether no more taps are waited for on a service day (YYYY-MM-DD). */
export type IsClosed = (serviceDay: string) => boolean;

export const begins = ({ event }: FareTap): boolean => event === 'entry' || event === 'start';
export const ends = ({ event }: FareTap): boolean => event === 'exit' || event === 'end';

export const lastingServices: readonly Service[] = ['bicycle', 'parking', 'taxi'];

/** Whether a stay may end on another service day than it began. */
export const lastsOverDays = (service: Service): boolean => lastingServices.includes(service);

/** A tap that lacks its other half: it may still come until the service day is closed. */
export const loneRide = (service: Service, timed: TimedTap, half: 'start' | 'end', isClosed: IsClosed): Ride => {
  const { serviceDay } = timed;
  const status = isClosed(serviceDay) ? 'incomplete' : 'open';
  return half === 'start' ? { service, serviceDay, start: timed, status } : { service, serviceDay, end: timed, status };
};
