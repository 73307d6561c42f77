import { expect, it, test } from 'vitest';
import { toHex } from '../../../emv/bytes.js';
import {
  createIssuerKeys,
  type IssuerKey,
  IssuerKeysError,
  parseIssuerKeys,
  verifyEvidence,
} from '../../../src/gateway/evidence/index.js';
import { createIntake } from '../../../src/gateway/intake/index.js';
import type { TapRecord } from '../../../src/tap/index.js';
import { pki } from '../../terminal/tap/tap-fixture.js';
import { campaigns, PAN, tariff, tokenKey } from '../intake/intake-fixture.js';
import { eachEngine } from '../storage/each-engine.js';
import { caKeys, cardInPocket } from '../support/card-in-pocket.js';

const { issuerIdentifier, masterKeys } = [pki.issuer('bank-of-china'), pki.issuer('rural-credit')].find(
  (issuer) => issuer.issuerIdentifier === PAN.slice(0, 8),
)!;
const key: IssuerKey = {
  prefix: issuerIdentifier,
  algorithm: '3des',
  derivation: 'option-a',
  masterKey: masterKeys.applicationCryptogram,
};
const issuerKeys = createIssuerKeys([key]);
const ride = await cardInPocket().tapAt('bus-validator');

function outcome(change: (record: TapRecord) => void, keys = issuerKeys) {
  const record = structuredClone(ride);
  change(record);
  const result = verifyEvidence(record, { caKeys, issuerKeys: keys });
  if (!result.ok) return result.code;
  return result.isCryptogramVerified ? 'verified' : 'not-checked';
}

const unchanged = () => {};
const put = (tag: string, value: string) => (record: TapRecord) => {
  record.evidence.data[tag] = value;
};
const without = (tag: string) => (record: TapRecord) => {
  delete record.evidence.data[tag];
};
const of9F10 = (offset: number, value: string) => (record: TapRecord) => {
  const held = record.evidence.data['9F10']!;
  record.evidence.data['9F10'] = held.slice(0, 2 * offset) + value + held.slice(2 * offset + value.length);
};

test('what the card did not put into its cryptogram is refused, though its signature holds', () => {
  expect(outcome(unchanged)).toBe('verified');
  expect(outcome(put('9F26', '0000000000000000'))).toBe('cryptogram-wrong');
  expect(outcome(of9F10(6, '01'))).toBe('cryptogram-wrong');
  const anotherDay = (record: TapRecord) => {
    put('9A', '151004')(record);
    Object.assign(record, { at: '2015-10-04T08:25:00+08:00' });
  };
  expect(outcome(anotherDay, createIssuerKeys([]))).toBe('not-checked');
  if (ride.evidence.data['9F10']!.slice(4, 6) === '01') expect(outcome(anotherDay)).toBe('cryptogram-wrong');
  expect(outcome(unchanged, createIssuerKeys([{ ...key, masterKey: new Uint8Array(16) }]))).toBe('cryptogram-wrong');
});

test.each(['service-card-51-sm', 'dual-algorithm'])(
  'a card with SM4 (%s) is checked with its issuer’s SM4 key',
  async (profile) => {
    const tapped = await cardInPocket(profile).tapAt('bus-validator');
    const sm4 = { ...key, prefix: '62280001', masterKey: pki.issuer('bank-of-china').masterKeys.applicationCryptogram };
    const outcomeOf = (record: TapRecord, algorithm: IssuerKey['algorithm']) =>
      verifyEvidence(record, { caKeys, issuerKeys: createIssuerKeys([{ ...sm4, algorithm }]) });
    expect(outcomeOf(tapped, 'sm4')).toMatchObject({ ok: true, isCryptogramVerified: true });
    expect(outcomeOf(tapped, '3des')).toMatchObject({ code: 'cryptogram-key-unknown' });
    const forged = structuredClone(tapped);
    put('9F26', '0000000000000000')(forged);
    expect(outcomeOf(forged, 'sm4')).toMatchObject({ code: 'cryptogram-wrong' });
  },
);

test('what lacks data for it has its code, and no word of the terminal gets a card around it', () => {
  expect(outcome(without('9F26'))).toBe('cryptogram-data-missing');
  expect(outcome(put('9F26', '00'))).toBe('cryptogram-data-missing');
  expect(outcome(of9F10(2, '05'))).toBe('cryptogram-data-missing');
  expect(outcome(of9F10(7, '04'))).toBe('cryptogram-key-unknown');
  expect(outcome(unchanged, createIssuerKeys([{ ...key, keyDerivationIndex: 99 }]))).toBe('cryptogram-key-unknown');
  expect(outcome(unchanged, createIssuerKeys([{ ...key, prefix: '6229' }]))).toBe('not-checked');
});

test('the longest prefix counts, then the index', () => {
  const wrong = { ...key, masterKey: new Uint8Array(16) };
  expect(outcome(unchanged, createIssuerKeys([{ ...wrong, prefix: '6228' }, key]))).toBe('verified');
  const index = Number.parseInt(ride.evidence.data['9F10']!.slice(2, 4), 16);
  expect(outcome(unchanged, createIssuerKeys([wrong, { ...key, keyDerivationIndex: index }]))).toBe('verified');
});

test('a file of keys is read, and each of its faults told with its line and without a key', () => {
  const hex = toHex(key.masterKey);
  const text = `# ours\n\n${issuerIdentifier} 3des option-a * ${hex}\n6229 sm4 option-b 7 ${hex} # theirs\n`;
  expect(parseIssuerKeys(text)).toEqual([
    key,
    { prefix: '6229', algorithm: 'sm4', derivation: 'option-b', keyDerivationIndex: 7, masterKey: key.masterKey },
  ]);
  const sample = 'F0C34A8124CEE0A91A0B034AA97D6EAC';
  const faulty = `622 3des option-a * ${hex}\n6228 des option-c 256 ${hex}AA\n6228 3des\n6229 3des option-a * ${sample} 000000\n6229 3des option-b * ${sample}`;
  const problems = (() => {
    try {
      parseIssuerKeys(faulty);
      return [];
    } catch (error) {
      expect(error).toBeInstanceOf(IssuerKeysError);
      expect((error as Error).message).not.toMatch(new RegExp(`${hex}|${sample}`, 'i'));
      return (error as IssuerKeysError).problems;
    }
  })();
  expect(problems.map(({ line }) => line)).toEqual([1, 2, 2, 2, 2, 3, 4, 5]);
  expect(() => parseIssuerKeys('# nothing')).toThrow('no key');
});

eachEngine('a tap', (engine) => {
  it('says whether its cryptogram was verified', async () => {
    const database = await engine.open();
    const open = (keys: typeof issuerKeys | undefined) =>
      createIntake({
        database,
        caKeys,
        issuerKeys: keys,
        tokenKey,
        tariff,
        campaigns,
        clock: () => new Date('2015-10-06T12:00:00+08:00'),
        readFareCards: async () => new Map(),
      });
    const card = cardInPocket();
    const [one, two] = [
      await card.tapAt('bus-validator'),
      await card.tapAt('bus-validator', { at: '2015-10-03T10:25:00+08:00' }),
    ];
    const forged = structuredClone(await card.tapAt('bus-validator'));
    put('9F26', '0000000000000000')(forged);
    const checking = open(issuerKeys);
    const answers = [await checking.accept(one), await open(undefined).accept(two), await checking.accept(forged)];
    expect(answers.map(({ result, code }) => code ?? result)).toEqual(['created', 'created', 'cryptogram-wrong']);
    const views = await Promise.all(answers.map(({ id }) => checking.readTap(id)));
    expect(views.map((view) => view?.cryptogram)).toEqual(['verified', 'not-checked', 'not-checked']);
  });

  it('under a known identity with other content is told of once', async () => {
    const database = await engine.open();
    await database.kysely
      .insertInto('webhooks')
      .values({
        id: 'wh_1',
        name: 'one',
        url: 'https://example.org',
        event_types: '["exception.opened"]',
        secret: Uint8Array.of(1),
        created_at_ms: 0,
        disabled_at_ms: null,
      })
      .execute();
    const intake = createIntake({
      database,
      caKeys,
      tokenKey,
      tariff,
      campaigns,
      clock: () => new Date('2015-10-06T12:00:00+08:00'),
      readFareCards: async () => new Map(),
    });
    const { id } = await intake.accept(ride);
    for (const _ of [1, 2]) await intake.accept({ ...ride, amountFen: ride.amountFen + 1 });
    const events = await database.kysely.selectFrom('webhook_events').select(['type', 'subject', 'data']).execute();
    expect(events.map(({ data, ...event }) => ({ ...event, data: JSON.parse(data) }))).toEqual([
      {
        type: 'exception.opened',
        subject: id,
        data: {
          kind: 'conflict',
          code: 'content-conflict',
          operator: ride.operator,
          terminal: ride.terminal,
          tapId: id,
        },
      },
    ]);
    expect(await database.kysely.selectFrom('webhook_deliveries').select('webhook_id').execute()).toHaveLength(1);
  });
});
