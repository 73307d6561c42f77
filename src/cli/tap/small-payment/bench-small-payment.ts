import { loadTariff } from '../../../gateway/fares/index.js';
import type { FareTable, SmallPaymentPorts } from '../../../terminal/index.js';
import { metroFareTable } from './metro-fare-table.js';
import { softwareSecureAccessModule } from './software-secure-access-module.js';

const TARIFF = 'ningbo-2015';

/** What a bench terminal with the small-payment extension has: keys of the test cards, and the fares in the box. */
export function benchSmallPayment(): SmallPaymentPorts {
  const { metro } = loadTariff(TARIFF);
  const nowhere: FareTable = { codeOf: () => undefined, fareFen: () => undefined };
  return {
    secureAccessModule: softwareSecureAccessModule(),
    fareTable: metro === undefined ? nowhere : metroFareTable(metro),
  };
}
