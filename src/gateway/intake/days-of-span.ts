import { tapDayAt } from '../storage/index.js';
import type { Span } from './span.js';

/** A day of a span, as the index of taps by day counts them. */
export interface DayOfSpan extends Span {
  readonly day: number;
}

/** As long as two months. */
const SHORT_MS = 62 * 86_400_000;

export const isShort = ({ from_ms, to_ms }: Pick<Span, 'from_ms' | 'to_ms'>): boolean => to_ms - from_ms <= SHORT_MS;

/** The days that a short span touches. */
export function daysOf<Of extends Pick<Span, 'from_ms' | 'to_ms'>>(span: Of): (Of & { readonly day: number })[] {
  const [first, last] = [tapDayAt(span.from_ms), tapDayAt(span.to_ms - 1)];
  return Array.from({ length: last - first + 1 }, (_, index) => ({ day: first + index, ...span }));
}
