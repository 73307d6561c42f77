import { describe, expect, test } from 'vitest';
import { fromHex, type LoadLogWithMac, readLoadLogWithMac, readLog } from '../../../emv/index.js';
import { createIssuer, isLoadLogAuthentic } from '../../../simulator/index.js';
import { converse } from '../../emv/kernel/contact/contact-card.js';
import { CardAndIssuer } from '../../terminal/contact/card-and-issuer.js';
import { APPLICATION, issueChanged, pki } from '../card-in-hand.js';

const { issuerIdentifier, masterKeys } = pki.issuer('bank-of-china');
const LOAD = { pins: ['123456'], terminal: { requestsOnline: true }, request: { kind: 'load' as const } };

const cardUnder = (algorithm: '3des' | 'sm4') =>
  new CardAndIssuer(issueChanged('service-card-51', { cryptogramAlgorithm: algorithm }));

/** What a terminal reads; the card is powered up anew. */
function readFrom({ card }: CardAndIssuer): LoadLogWithMac {
  card.powerOn('contact');
  const { outcome } = converse(readLoadLogWithMac(APPLICATION), (command) => card.transmit(command));
  if (!outcome.ok) throw new Error(outcome.reason);
  if (outcome.value === undefined) throw new Error('no load log');
  return outcome.value;
}

describe.each(['3des', 'sm4'] as const)('the load log of a software card (%s)', (algorithm) => {
  const issuer = createIssuer({ keySets: [{ issuerIdentifier, algorithm, masterKeys }] });
  const cardOf = ({ account: { pan, panSequenceNumber } }: CardAndIssuer) => ({
    pan,
    panSequenceNumber,
    algorithm,
    keyDerivationIndex: 1,
  });

  test('its loads come with a MAC that the issuer believes', async () => {
    const both = cardUnder(algorithm);
    const before = both.balanceFen;
    await both.meet(LOAD);
    await both.meet({ ...LOAD, data: { '9F02': '000000000500' } });
    const log = readFrom(both);
    expect(log.transactionCounter).toBe(2);
    expect(log.entries.map(({ purse }) => purse)).toEqual([
      { tag: '9F79', before: before + 1_000, after: before + 1_500 },
      { tag: '9F79', before, after: before + 1_000 },
    ]);
    expect(isLoadLogAuthentic(issuer, cardOf(both), log)).toBe(true);
    const oneByOne = converse(readLog(APPLICATION, 'load'), (command) => both.card.transmit(command)).outcome;
    if (!oneByOne.ok) throw new Error(oneByOne.reason);
    expect(oneByOne.value.map(({ purse }) => purse)).toEqual(log.entries.map(({ purse }) => purse));
    for (const tag of ['9A', '9F21', '9F36']) {
      expect(log.entries[0]!.values.get(tag), tag).toEqual(oneByOne.value[0]!.values.get(tag));
    }
  });

  test('a changed byte anywhere, another card and a foreign issuer are told', async () => {
    const both = cardUnder(algorithm);
    await both.meet(LOAD);
    const { content, mac } = readFrom(both);
    const card = cardOf(both);
    const flipped = (bytes: Uint8Array, index: number) => bytes.map((byte, at) => (at === index ? byte ^ 1 : byte));
    for (const index of content.keys()) {
      expect(isLoadLogAuthentic(issuer, card, { content: flipped(content, index), mac }), `${index}`).toBe(false);
    }
    for (const index of mac.keys()) {
      expect(isLoadLogAuthentic(issuer, card, { content, mac: flipped(mac, index) })).toBe(false);
    }
    expect(isLoadLogAuthentic(issuer, { ...card, panSequenceNumber: '02' }, { content, mac })).toBe(false);
    expect(isLoadLogAuthentic(createIssuer({ keySets: [] }), card, { content, mac })).toBe(false);
    expect(isLoadLogAuthentic(issuer, card, { content: fromHex('0001'), mac })).toBe(false);
  });

  test('a card that was never loaded says so under its MAC', async () => {
    const both = cardUnder(algorithm);
    await both.meet({ pins: ['123456'] });
    const log = readFrom(both);
    expect(log).toMatchObject({ transactionCounter: 1, entries: [] });
    expect(isLoadLogAuthentic(issuer, cardOf(both), log)).toBe(true);
  });
});
