import { describe, expect, test } from 'vitest';
import { campaigns2015, member, netOf, noCampaigns, price, rideBus, rulesOf } from './price-taps.js';

const asMember = { campaigns: campaigns2015, card: member };

describe('a single ride', () => {
  test.each(['urban', 'fenghua', 'yuyao', 'cixi'])('in %s costs a member 60%%', (region) => {
    const priced = price([rideBus('08:00', { line: '10', region })], asMember);
    expect(netOf(priced)).toEqual([120]);
    expect(rulesOf(priced)).toEqual([['member-rate']]);
  });

  test.each(['ninghai', 'xiangshan', 'elsewhere', undefined])('in %s costs a member the full fare', (region) => {
    const priced = price([rideBus('08:00', { line: '10', ...(region && { region }) })], asMember);
    expect(netOf(priced)).toEqual([200]);
    expect(rulesOf(priced)).toEqual([['outside-region']]);
  });

  test.each([
    [undefined, 200, 120],
    [0, 0, 0],
    [100, 100, 60],
    [300, 300, 180],
    [333, 333, 200],
  ])('with a fare of its own of %s fen costs %i, a member %i', (fareFen, full, reduced) => {
    const ride = rideBus('08:00', { line: '10', region: 'urban', ...(fareFen !== undefined && { fareFen }) });
    expect(netOf(price([ride]))).toEqual([full]);
    expect(netOf(price([ride], asMember))).toEqual([reduced]);
  });

  test('names its line, or none', () => {
    const { journeys } = price([rideBus('08:00', { line: '10' }), rideBus('10:00', {})]);
    expect(journeys.map(({ fareProduct }) => fareProduct)).toEqual(['bus line 10', 'bus']);
  });
});

describe('a transfer', () => {
  const netsAt = (...times: string[]) => netOf(price(times.map((time) => rideBus(time))));

  test.each([
    ['08:00:00', 200],
    ['08:04:59', 200],
    ['08:05:00', 80],
    ['09:00:00', 80],
    ['09:00:01', 200],
  ])('to a second ride at %s after one at 08:00 costs %i fen', (time, netFen) => {
    expect(netOf(price([rideBus('08:00', { line: '10' }), rideBus(time, { line: '11' })]))).toEqual([200, netFen]);
  });

  test('does not follow a transfer: the third ride is full, the fourth may be reduced again', () => {
    expect(netsAt('08:00', '08:20', '08:40', '08:59')).toEqual([200, 80, 200, 80]);
    expect(netsAt('08:00', '08:20', '08:40', '10:00', '10:10')).toEqual([200, 80, 200, 200, 80]);
  });

  test('counts from the ride just before, one that was too early included', () => {
    expect(netsAt('08:00', '08:04', '08:08', '08:13')).toEqual([200, 200, 200, 80]);
  });

  test('goes on over midnight, and ends with the service day', () => {
    expect(netsAt('2015-10-13 23:45', '2015-10-14 00:15')).toEqual([200, 80]);
    expect(netsAt('2015-10-14 02:45', '2015-10-14 03:15')).toEqual([200, 200]);
  });

  test('leaves nothing to pay of a reduced fare, and takes off no more than there is', () => {
    const { journeys } = price([rideBus('08:00'), rideBus('08:30')], asMember);
    expect(journeys[1]).toMatchObject({
      fareFen: 200,
      discountFen: 200,
      netFen: 0,
      rules: ['member-rate', 'transfer'],
      funding: [
        { sponsor: 'ningbo-union', amountFen: 80 },
        { sponsor: 'ningbo-bus', amountFen: 120 },
      ],
    });
    const cheap = rideBus('08:30', { line: '10', fareFen: 100 });
    expect(price([rideBus('08:00'), cheap]).journeys[1]).toMatchObject({ discountFen: 100, netFen: 0 });
  });

  test('of a dearer ride pays what exceeds the reduction', () => {
    expect(netOf(price([rideBus('08:00'), rideBus('08:30', { fareFen: 300 })]))).toEqual([200, 180]);
  });

  test('is said in words', () => {
    const step = price([rideBus('08:00'), rideBus('08:30:59')]).journeys[1]?.steps.at(-1);
    expect(step).toEqual({
      rule: 'transfer',
      amountFen: -120,
      text: 'transfer 30 minutes after the ride before: 1.20 yuan off, funded by ningbo-bus',
      textZh: '距上次乘车30分钟换乘：优惠1.20元，由ningbo-bus承担',
    });
  });

  test('is none where the tariff knows of none', () => {
    const bus = { fareFen: 200 };
    const tariff = { id: 'plain', name: 'plain', serviceDayBegins: '03:00', caps: [], bus };
    expect(netOf(price([rideBus('08:00'), rideBus('08:30')], { tariff, campaigns: noCampaigns }))).toEqual([200, 200]);
  });
});
