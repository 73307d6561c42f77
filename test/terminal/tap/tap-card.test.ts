import { expect, test } from 'vitest';
import { toHex } from '../../../emv/bytes.js';
import { cardToken, parseTapRecord } from '../../../src/tap/index.js';
import {
  createDenyList,
  type SmallPaymentPorts,
  type TapExchange,
  tapCard,
  terminalProfiles,
} from '../../../src/terminal/index.js';
import { checkEvidence } from './check-evidence.js';
import { cardOf, gate, validator } from './tap-fixture.js';

test('a service card passes the gate with an amount of 0, and its tap proves itself', async () => {
  const { channel, balance } = cardOf('service-card-51');
  const before = balance();
  const result = await tapCard(gate(channel));
  expect(result).toMatchObject({
    outcome: 'approved-offline',
    accepted: true,
    display: 'approved',
    mayHaveDebited: false,
  });
  expect(balance()).toBe(before);
  const { tapRecord } = result;
  expect(tapRecord).toMatchObject({
    version: 1,
    operator: 'ningbo-metro',
    terminal: 'gate-07',
    sequence: 1,
    at: '2015-10-03T08:25:00+08:00',
    service: 'metro',
    event: 'entry',
    place: { line: '1', station: '鼓楼' },
    amountFen: 0,
    evidence: {
      applicationIdentifier: 'A000000333010101',
      data: { '9F02': '000000000000', '9A': '151003', '9F21': '082500', '5F2A': '0156', DF60: '01' },
    },
  });
  expect(parseTapRecord(tapRecord)).toMatchObject({ ok: true, record: tapRecord });
  expect(checkEvidence(tapRecord!).ok).toBe(true);
});

test('a ride on the bus leaves the purse once, and the evidence signs that amount', async () => {
  const { channel, balance } = cardOf('service-card-51');
  const before = balance();
  const { tapRecord } = await tapCard(validator(channel));
  expect(balance()).toBe(before - 200);
  expect(tapRecord).toMatchObject({ service: 'bus', event: 'single', amountFen: 200 });
  expect(checkEvidence(tapRecord!).ok).toBe(true);
  const forged = structuredClone(tapRecord!);
  forged.evidence.data['9F02'] = '000000000100';
  expect(checkEvidence(forged).ok).toBe(false);
});

test('taps one after the other on one channel are transactions of their own', async () => {
  const { channel, balance } = cardOf('service-card-51');
  const before = balance();
  const counters: (string | undefined)[] = [];
  for (let sequence = 1; sequence <= 3; sequence++) {
    const { tapRecord } = await tapCard({ ...validator(channel), sequence });
    counters.push(tapRecord?.evidence.data['9F36']);
  }
  expect(counters).toEqual(['0001', '0002', '0003']);
  expect(balance()).toBe(before - 600);
});

test('the evidence holds no name of the holder beside the records, and the mask shows ten digits', async () => {
  const { channel } = cardOf('service-card-51');
  const result = await tapCard(gate(channel));
  expect(Object.keys(result.tapRecord!.evidence.data)).not.toContain('5F20');
  expect(result.maskedPan).toMatch(/^622800\*+\d{4}$/);
});

test.each([
  ['wrong-signature', 'gate'],
  ['empty-purse', 'validator'],
] as const)('%s is declined at the %s: no record, nothing debited', async (profile, at) => {
  const { channel, balance } = cardOf(profile);
  const before = balance();
  const result = await tapCard((at === 'gate' ? gate : validator)(channel));
  expect(result).toMatchObject({ outcome: 'declined', accepted: false, display: 'declined' });
  expect(result).not.toHaveProperty('tapRecord');
  expect(balance()).toBe(before);
});

test('a card whose certificate has expired passes before that day and not after it', async () => {
  const { channel } = cardOf('expired-certificate');
  expect((await tapCard(gate(channel))).accepted).toBe(true);
  const later = await tapCard({ ...gate(channel), clock: () => new Date('2016-01-04T00:25:00Z') });
  expect(later).toMatchObject({ outcome: 'declined', accepted: false });
});

test('an old card is sent to another interface', async () => {
  const { channel } = cardOf('old-card-pboc2');
  const result = await tapCard(gate(channel));
  expect(result).toMatchObject({ accepted: false, tryAnotherInterface: true, display: 'another-interface' });
});

test('the gate keeps a denied card out by its token, and only that card', async () => {
  const tokenKey = new Uint8Array(32).fill(3);
  const lost = cardOf('lost-card');
  const pan = lost.card.inspect().applications[0]!.pan;
  const denyList = createDenyList(tokenKey, [cardToken(tokenKey, pan)]);
  const before = lost.balance();
  const result = await tapCard({ ...validator(lost.channel), denyList });
  expect(result).toMatchObject({ outcome: 'declined', accepted: false });
  expect(lost.balance()).toBe(before);
  expect((await tapCard({ ...gate(cardOf('service-card-51').channel), denyList })).accepted).toBe(true);
});

test('every profile of plain qPBOC makes a tap of its own service', async () => {
  for (const profile of Object.values(terminalProfiles).filter(({ extension }) => extension === undefined)) {
    const { channel, balance } = cardOf('service-card-51');
    const before = balance();
    const place = { line: '2', station: '鼓楼', zone: '1', dock: 'd-1', merchant: 'm-1' };
    const amountFen = profile.amountFen ?? 1250;
    for (const [index, event] of profile.events.entries()) {
      const result = await tapCard({ ...validator(channel), profile, place, event, amountFen, sequence: index + 1 });
      expect(result.tapRecord, profile.name).toMatchObject({ service: profile.service, event, amountFen });
      expect(checkEvidence(result.tapRecord!).ok).toBe(true);
    }
    expect(balance()).toBe(before - amountFen * profile.events.length);
  }
});

test('the trace holds every exchange as it was, told at once and timed', async () => {
  const { channel } = cardOf('service-card-51');
  let clock = 0;
  const heard: TapExchange[] = [];
  const result = await tapCard({
    ...gate(channel),
    now: () => clock++,
    onExchange: (exchange) => heard.push(exchange),
  });
  expect(result.trace).toEqual(heard);
  expect(heard.slice(0, 3).map((exchange) => exchange.name)).toEqual([
    'select-ppse',
    'select-application',
    'get-processing-options',
  ]);
  expect(toHex(heard[0]!.command)).toBe('00A404000E325041592E5359532E444446303100');
  expect(heard.every((exchange) => exchange.response !== undefined && exchange.elapsedUs === 1000)).toBe(true);
  expect(heard.map((exchange) => exchange.at)).toEqual(heard.map((_, index) => 1 + 2 * index));
  expect(result.timing).toEqual({ totalMs: 1 + 2 * heard.length, cardMs: heard.length });
});

test('a terminal that is set up wrongly says so before the card is asked for anything', async () => {
  const { channel } = cardOf('service-card-51');
  const silent = {
    ...channel,
    transmit: () => {
      throw new Error('the card was asked');
    },
  };
  const base = validator(silent);
  const profile = terminalProfiles['metro-gate'];
  const place = { station: '鼓楼' };
  const offline = { ...base, profile: terminalProfiles['metro-gate-offline'], place, event: 'entry' as const };
  const nothing = () => new Uint8Array(4);
  const nowhere: SmallPaymentPorts = {
    secureAccessModule: { cappMac: nothing, cappResponseMac: nothing, authorizationCode: nothing },
    fareTable: { codeOf: () => undefined, fareFen: () => undefined },
  };
  for (const [options, code] of [
    [{ ...base, profile }, 'place-incomplete'],
    [{ ...base, profile, place: { station: '鼓楼' } }, 'event-invalid'],
    [{ ...base, event: 'entry' as const }, 'event-invalid'],
    [{ ...base, profile: terminalProfiles.taxi }, 'amount-invalid'],
    [{ ...base, amountFen: 1.5 }, 'amount-invalid'],
    [{ ...base, amountFen: -1 }, 'amount-invalid'],
    [{ ...offline }, 'extension-not-equipped'],
    [{ ...offline, smallPayment: nowhere }, 'place-not-in-fare-table'],
    [{ ...base, sequence: 0 }, 'tap-invalid'],
    [{ ...base, operator: '' }, 'tap-invalid'],
    [{ ...base, amountFen: 1e9 }, 'amount-invalid'],
  ] as const) {
    await expect(tapCard(options)).rejects.toMatchObject({ name: 'TerminalError', code });
  }
});

test('what changes at a terminal between two taps is looked at as at its first', async () => {
  const { channel, balance } = cardOf('service-card-51');
  const sound = { ...validator(channel), terminal: 'bus-0816' };
  const { place } = sound;
  const first = await tapCard(sound);
  expect(first.accepted).toBe(true);
  first.tapRecord!.place.line = 'overwritten by who has the record';
  const left = balance();
  for (const change of [
    { sequence: 0 },
    { sequence: 1.5 },
    { place: { ...place, line: '' } },
    { place: { ...place, fareFen: -1 } },
    { place: { ...place, colour: 'red' } as typeof place },
    { place: { line: place.line, region: '\u0000' } as typeof place },
    { utcOffsetMinutes: 60_000 },
    { clock: () => new Date('+020000-01-01T00:00:00Z') },
  ]) {
    await expect(tapCard({ ...sound, ...change }), JSON.stringify(change)).rejects.toMatchObject({
      code: 'tap-invalid',
    });
  }
  expect(balance()).toBe(left);
  await channel.reset();
  const second = await tapCard({ ...sound, sequence: 2 });
  expect(second.tapRecord).toMatchObject({ sequence: 2, place: { line: '2', region: 'urban' } });
  expect(parseTapRecord(second.tapRecord)).toMatchObject({ ok: true, record: second.tapRecord });
});

test('an amount at the limit is for another interface, and the field stays off', async () => {
  const { channel, balance } = cardOf('service-card-51', { balanceFen: 100_000 });
  const result = await tapCard({ ...validator(channel), amountFen: 100_000 });
  expect(result).toMatchObject({ accepted: false, tryAnotherInterface: true });
  expect(result.trace).toEqual([]);
  expect(balance()).toBe(100_000);
});
