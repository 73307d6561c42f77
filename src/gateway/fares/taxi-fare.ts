import { formatYuan } from '../../tap/index.js';
import { type FullFare, fareOf } from './fare-of.js';
import type { PriceStep } from './fare-types.js';
import { priceStep, type StepText, type StepValues } from './price-step.js';
import type { Ride } from './ride.js';
import { roundHalfUp } from './round-half-up.js';
import { isInWindow } from './service-day.js';
import type { TaxiTariff } from './tariff-schema.js';

const METRES_OF_A_KILOMETRE = 1000;
const BASIS_POINTS = 10_000;
const SECONDS_OF_A_MINUTE = 60;

/** By distance, with what is added for the way back, the night and waiting. A taxi that says no distance has its meter. */
export function taxiFare({ start, end, status }: Ride, tariff: TaxiTariff): FullFare {
  const first = (start ?? end)!;
  const last = (end ?? start)!;
  const distanceM = last.tap.place.distanceM ?? first.tap.place.distanceM;
  if (distanceM === undefined) {
    const row = { fareFen: last.tap.amountFen, product: 'taxi by its meter', productZh: '出租车计价器' };
    const isHalf = status === 'incomplete' && row.fareFen === 0;
    return fareOf(row, isHalf ? [priceStep('incomplete-journey', {}, { textKey: 'incomplete-stay' })] : []);
  }
  const { base, perKilometreFen } = tariff;
  const beyondM = Math.max(0, distanceM - base.uptoM);
  const km = (distanceM / METRES_OF_A_KILOMETRE).toFixed(2);
  const way = fareOf({
    fareFen: base.fareFen + roundHalfUp(beyondM * perKilometreFen, METRES_OF_A_KILOMETRE),
    product: `taxi ${km} km`,
    productZh: `出租车${km}公里`,
  });
  const waitingS = last.tap.place.waitingS ?? first.tap.place.waitingS ?? 0;
  const surcharges = [
    emptyRunOf(distanceM, tariff),
    nightOf(beyondM, first.ms, tariff),
    waitingOf(Math.ceil(waitingS / SECONDS_OF_A_MINUTE), tariff),
  ].filter((step) => step !== undefined);
  const addedFen = surcharges.reduce((sum, { amountFen = 0 }) => sum + amountFen, 0);
  return { ...way, fareFen: way.fareFen + addedFen, steps: [...way.steps, ...surcharges] };
}

function surcharge(amountFen: number, textKey: StepText, values: StepValues = {}): PriceStep | undefined {
  if (amountFen === 0) return undefined;
  return priceStep('surcharge', { ...values, amount: formatYuan(amountFen) }, { amountFen, textKey });
}

function emptyRunOf(distanceM: number, { emptyRun = [], base, perKilometreFen }: TaxiTariff): PriceStep | undefined {
  const parts = emptyRun.map(({ fromM, basisPoints }, index) => {
    const uptoM = Math.min(distanceM, emptyRun[index + 1]?.fromM ?? distanceM);
    return Math.max(0, uptoM - Math.max(fromM, base.uptoM)) * basisPoints;
  });
  const weightedM = parts.reduce((sum, part) => sum + part, 0);
  const fen = roundHalfUp(weightedM * perKilometreFen, METRES_OF_A_KILOMETRE * BASIS_POINTS);
  return surcharge(fen, 'surcharge-empty-run', { km: (emptyRun[0]?.fromM ?? 0) / METRES_OF_A_KILOMETRE });
}

function nightOf(beyondM: number, ms: number, { night }: TaxiTariff): PriceStep | undefined {
  if (!night || !isInWindow(ms, night)) return undefined;
  const fen = roundHalfUp(beyondM * night.perKilometreFen, METRES_OF_A_KILOMETRE);
  return surcharge(fen, 'surcharge-night', { from: night.from, to: night.to });
}

function waitingOf(minutes: number, { waiting }: TaxiTariff): PriceStep | undefined {
  if (!waiting) return undefined;
  const first = Math.min(minutes, waiting.firstMinutes);
  const fen = first * waiting.firstFen + (minutes - first) * waiting.furtherFen;
  return surcharge(fen, 'surcharge', { minutes });
}
