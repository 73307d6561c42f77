import { expect, test } from 'vitest';
import { readElectronicCashBalances } from '../../../emv/index.js';
import { loadProfile } from '../../../simulator/index.js';
import { converse } from '../../emv/kernel/contact/contact-card.js';
import { APPLICATION, issueChanged } from '../../simulator/card-in-hand.js';
import { CardAndIssuer } from './card-and-issuer.js';

const HONG_KONG = '0344';
const cash = { '9F7A': '01', '9F7B': '000000100000', '9F1B': '00000000', '5F2A': HONG_KONG };

/** 100 yuan in its first purse, 50 Hong Kong dollars in its second one. */
function twoPurses() {
  const { dataObjects } = loadProfile('service-card-51').applications[0]!;
  const common = {
    ...dataObjects.common,
    DF71: HONG_KONG,
    DF72: '000000100000',
    DF76: '000000000000',
    DF77: '000000100000',
    DF78: '000000002000',
    DF79: '000000005000',
  };
  return new CardAndIssuer(issueChanged('service-card-51', { dataObjects: { ...dataObjects, common } }));
}

/** As a balance inquiry reads them: both currencies, over contact. */
function balancesOf({ card }: CardAndIssuer) {
  card.powerOn('contact');
  return converse(readElectronicCashBalances(APPLICATION), (command) => card.transmit(command)).outcome;
}

const holding = (yuan: number, hongKong: number) => ({
  ok: true,
  value: [
    { currency: '0156', balance: yuan },
    { currency: HONG_KONG, balance: hongKong },
  ],
});

test('a purchase in the second currency is paid from its own purse', async () => {
  const both = twoPurses();
  expect(balancesOf(both)).toEqual(holding(10_000, 5_000));
  const { outcome } = await both.meet({ pins: ['123456'], data: cash });
  expect(outcome).toMatchObject({ outcome: 'approved-offline', electronicCash: { balance: 4_000 } });
  expect(balancesOf(both)).toEqual(holding(10_000, 4_000));
});

test('its own limit for one transaction holds, and a third currency has no purse', async () => {
  for (const data of [
    { ...cash, '9F02': '000000002001' },
    { ...cash, '5F2A': '0392' },
  ]) {
    const both = twoPurses();
    const { outcome } = await both.meet({ pins: ['123456'], data });
    expect(outcome.electronicCash).toBeUndefined();
    expect(balancesOf(both)).toEqual(holding(10_000, 5_000));
  }
});
