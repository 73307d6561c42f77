import type { FieldDifference, PriceDifference } from '../../gateway/fares/index.js';
import { formatYuan } from '../../tap/index.js';
import type { Colours } from '../colours.js';
import fieldWords from './field-words.json';

/** So many titles are told of journeys whose price changes alike. */
const TITLES_MAX = 3;

/** The differences in words, and what they do to the prices of sample journeys. */
export function printDiff(
  fields: readonly FieldDifference[],
  prices: readonly PriceDifference[],
  colours: Colours,
): string[] {
  if (fields.length === 0) return [colours.green('no rider would notice a difference')];
  const told = fields.map((field) => `  ${sayField(field)}`);
  if (prices.length === 0) return [...told, colours.dim('no sample journey costs another price on that day')];
  return [
    ...told,
    '',
    colours.bold(`${prices.length} sample journeys cost another price:`),
    ...sayPrices(prices, colours),
  ];
}

/** `bus.fareFen: 2.00 → 3.00 yuan`, with words for what the field is. */
function sayField({ place, before, after }: FieldDifference): string {
  const last = place.split('.').at(-1) ?? '';
  const words: Readonly<Record<string, string>> = fieldWords;
  const what = words[last] === undefined ? '' : ` (${words[last]})`;
  if (before === undefined) return `${place}${what}: new, ${sayValue(last, after)}`;
  if (after === undefined) return `${place}${what}: gone, was ${sayValue(last, before)}`;
  return `${place}${what}: ${sayValue(last, before)} → ${sayValue(last, after)}`;
}

function sayValue(field: string, value: unknown): string {
  if (typeof value === 'number' && /fen$/i.test(field)) return `${formatYuan(value)} yuan`;
  if (typeof value === 'number' && /M$/.test(field)) return `${value / 1000} km`;
  if (typeof value === 'number' && field === 'basisPoints') return `${value / 100}%`;
  if (typeof value === 'object' && value !== null) return JSON.stringify(value);
  return String(value);
}

function sayPrices(prices: readonly PriceDifference[], colours: Colours): string[] {
  const alike = new Map<string, string[]>();
  for (const { title, beforeFen, afterFen } of prices) {
    const change = `${sayPrice(beforeFen)} → ${sayPrice(afterFen)}`;
    alike.set(change, [...(alike.get(change) ?? []), title]);
  }
  return [...alike].map(([change, titles]) => {
    const more = titles.length > TITLES_MAX ? `; and ${titles.length - TITLES_MAX} more` : '';
    return `  ${colours.bold(change)}  ${titles.slice(0, TITLES_MAX).join('; ')}${more}`;
  });
}

const sayPrice = (priceFen: number | undefined): string =>
  priceFen === undefined ? 'not there' : `${formatYuan(priceFen)} yuan`;
