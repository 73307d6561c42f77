import type { FareCard } from '../../../src/gateway/fares/index.js';
import { at, enter, leave, type MadeTap, member, rideBus } from './price-taps.js';

const DAY_MS = 86_400_000;

/** Somebody who is certified in February and goes to work and back: a metro ride and a bus each way, six taps a day. */
export const commuter: FareCard = {
  ...member,
  certifications: [{ year: 2016, at: at('2016-02-01 10:00'), by: 'self' }],
  states: [{ state: 'active', from: at('2015-08-26 00:00') }],
};

/** The first taps of a commuter from 2015-09-01 on; some 2200 make a year. */
export function commute(count: number): MadeTap[] {
  const dayBegins = Date.parse(at('2015-09-01 00:00'));
  return Array.from({ length: count }, (_, index) => {
    const day = new Date(dayBegins + Math.floor(index / 6) * DAY_MS + DAY_MS / 2).toISOString().slice(0, 10);
    return taps[index % 6]!(day);
  });
}

const taps = [
  (day: string) => rideBus(`${day} 07:00`),
  (day: string) => enter('栎社国际机场', `${day} 07:20`),
  (day: string) => leave('鼓楼', `${day} 07:55`),
  (day: string) => enter('鼓楼', `${day} 18:00`),
  (day: string) => leave('栎社国际机场', `${day} 18:35`),
  (day: string) => rideBus(`${day} 18:50`),
];
