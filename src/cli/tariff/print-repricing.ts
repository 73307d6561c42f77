import { formatYuan } from '../../tap/index.js';
import type { Colours } from '../colours.js';
import type { RepricingView } from './reprice-over-http.js';

/** What a repricing came to, for people. */
export function printRepricing({ id, status, dryRun, report }: RepricingView, colours: Colours): string[] {
  const { cards, journeys, changed, fareFen, cardFen, sponsors, examples } = report;
  const head = `${status === 'done' ? colours.green(status) : colours.yellow(status)} ${id}${dryRun ? ', nothing booked' : ''}`;
  const again = status === 'stopped' ? [`go on: yongtap tariff reprice --resume ${id}`] : [];
  return [
    head,
    `${journeys} journeys of ${cards} cards, ${changed} of them at another price`,
    `fares ${signed(fareFen)}, cards ${signed(cardFen)}${sponsors.map(({ sponsor, amountFen }) => `, ${sponsor} ${signed(amountFen)}`).join('')} yuan`,
    ...examples.map(({ journeyId, serviceDay, before, after }) =>
      colours.dim(`  ${serviceDay} ${journeyId}: ${sayPrice(before)} → ${sayPrice(after)}`),
    ),
    ...again,
  ];
}

const sayPrice = (price: { readonly netFen: number } | undefined): string =>
  price ? formatYuan(price.netFen) : 'no journey';

const signed = (amountFen: number): string =>
  amountFen < 0 ? `−${formatYuan(-amountFen)}` : `+${formatYuan(amountFen)}`;
