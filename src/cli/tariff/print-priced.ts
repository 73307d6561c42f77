import type { FareTap, PricedCard, PricedJourney, PriceStep } from '../../gateway/fares/index.js';
import { formatYuan } from '../../tap/index.js';
import type { Colours } from '../colours.js';
import { displayWidth, padColumns } from '../display-width.js';

type Language = 'en' | 'zh';

const AMOUNT_COLUMNS = 10;

/** Each journey with the steps of its price as a table, and what was refused. */
export function printPriced(
  { journeys, refused }: PricedCard,
  taps: readonly FareTap[],
  colours: Colours,
  language: Language,
): string[] {
  const words = (step: PriceStep) => (language === 'zh' ? step.textZh : step.text);
  const columns = Math.max(20, ...journeys.flatMap(({ steps }) => steps.map((step) => displayWidth(words(step)))));
  const lines = journeys.flatMap((journey) => [...printJourney(journey, columns, words, colours), '']);
  const position = new Map(taps.map(({ id }, index) => [id, index + 1]));
  const refusals = refused.map(
    ({ tapId, reason }) => `${colours.red('refused')} tap ${position.get(tapId)}: ${reason}`,
  );
  return [...lines, ...refusals];
}

function printJourney(
  { service, serviceDay, status, tariff, steps, netFen, funding }: PricedJourney,
  columns: number,
  words: (step: PriceStep) => string,
  colours: Colours,
): string[] {
  const head = `${colours.bold(service)} ${serviceDay} ${colours.dim(`${status}, ${tariff}`)}`;
  if (status === 'open') return [head, '  open: it costs nothing until its other tap comes'];
  const row = (text: string, amount: string) => `  ${padColumns(text, columns)} ${amount.padStart(AMOUNT_COLUMNS)}`;
  return [
    head,
    ...steps.map((step) => {
      const { amountFen } = step;
      if (amountFen === undefined) return colours.dim(row(words(step), ''));
      const line = row(words(step), signed(amountFen));
      return amountFen < 0 ? colours.green(line) : line;
    }),
    colours.bold(row('to pay', formatYuan(netFen))),
    ...funding.map(({ sponsor, amountFen }) => row(`paid by ${sponsor}`, formatYuan(amountFen))),
  ];
}

const signed = (amountFen: number): string => (amountFen < 0 ? `−${formatYuan(-amountFen)}` : formatYuan(amountFen));
