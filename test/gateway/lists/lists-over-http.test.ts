import { expect, it } from 'vitest';
import {
  applyDelta,
  decodeDeny,
  decodeMembers,
  digestOf,
  isListedMember,
  isSignedBy,
  isVouchedFor,
  LIST_KEYS_MAX,
  type ListKeys,
  type ListSnapshot,
  type ListUpdate,
  listKeysSchema,
  nameOnList,
} from '../../../src/lists/index.js';
import { openGateway } from '../http/gateway-under-test.js';
import { eachEngine } from '../storage/each-engine.js';
import { cardNumbers } from './card-numbers.js';

const PANS = ['6228000100000000017', '6228000100000000124', '6228000200000000023'];
const [ACTIVE, LOST, NOBODYS] = PANS as [string, string, string];
const LOST_BEFORE = 60;

eachEngine('lists over HTTP', ({ newLocation }) => {
  let now = new Date('2015-10-06T12:00:00+08:00');

  it('tell terminals who is kept out and who is a member, from version to version', async () => {
    const gateway = await openGateway({ location: await newLocation(), now: () => now });
    const { call } = gateway;
    const keys: ListKeys = (await call('GET', '/v1/lists/keys', { key: undefined })).body;
    const publish = (kind: string) => call('POST', `/v1/lists/${kind}/publications`, { body: {} });
    const read = async (kind: string, after = 0): Promise<ListUpdate> => {
      const { status, body } = await call('GET', `/v1/lists/${kind}?after=${after}`);
      expect(status).toBe(200);
      expect(isSignedBy(keys.keys, body.header, body.signature)).toBe(true);
      return body;
    };
    const snapshotOf = async (kind: string) => (await read(kind)) as ListSnapshot;
    const tokens: string[] = [];
    for (const [index, pan] of PANS.entries()) {
      const member = index < 2 ? `33020000${index}` : undefined;
      if (member) await call('POST', '/v1/members', { body: { member, name: '张三' } });
      const card = { pan, generation: 'pboc3', ...(member && { member }) };
      tokens.push((await call('POST', '/v1/cards', { body: card })).body.token);
    }

    const others = cardNumbers(LOST_BEFORE).map((pan, index) => ({
      member: `4402000${index}`,
      name: '李四',
      cards: [{ pan, generation: 'pboc3', states: [{ state: 'lost', from: '2015-09-01T08:00:00+08:00' }] }],
    }));
    expect((await call('POST', '/v1/members/import', { body: others })).status).toBe(200);
    for (const kind of ['deny', 'members']) await publish(kind);
    const before = await snapshotOf('deny');
    const deny = decodeDeny(before.content)!;
    expect(deny.cards.size).toBe(LOST_BEFORE);
    const members = decodeMembers((await snapshotOf('members')).content)!;
    const isMember = (pan: string) => isListedMember(members, nameOnList(members.namingKey, pan));
    expect(PANS.map(isMember)).toEqual([true, true, false]);

    const lost = { state: 'lost', from: '2015-10-06T08:00:00+08:00' };
    await call('POST', `/v1/cards/${tokens[1]}/states`, { body: lost });
    const later = { state: 'closed', from: '2015-10-07T08:00:00+08:00' };
    await call('POST', `/v1/cards/${tokens[0]}/states`, { body: later });
    const first = await publish('deny');
    expect(first.body).toMatchObject({ published: true, entries: LOST_BEFORE + 1, unnamed: 0 });
    const again = await publish('deny');
    expect(again).toMatchObject({ status: 200, body: { published: false, version: first.body.version } });

    const update = await read('deny', before.header.version);
    const delta = 'delta' in update ? update.delta : undefined;
    const after = applyDelta(before.content, delta!)!;
    const whole = await snapshotOf('deny');
    expect(digestOf(after).text).toBe(digestOf(whole.content).text);
    expect(digestOf(after)).toMatchObject({ hash: whole.header.contentHash, bytes: whole.header.contentBytes });
    const denied = (pan: string) => decodeDeny(after)!.cards.has(nameOnList(deny.namingKey, pan));
    expect(PANS.map(denied)).toEqual([false, true, false]);

    now = new Date('2015-10-07T12:00:00+08:00');
    await publish('deny');
    const { cards } = decodeDeny((await snapshotOf('deny')).content)!;
    expect([ACTIVE, LOST, NOBODYS].map((pan) => cards.has(nameOnList(deny.namingKey, pan)))).toEqual([
      true,
      true,
      false,
    ]);

    const text = JSON.stringify([before, whole, await snapshotOf('members'), keys]);
    for (const pan of PANS) expect(text).not.toContain(pan);
    for (const token of tokens) expect(text).not.toContain(token);

    const path = `/v1/lists/deny?after=${whole.header.version}`;
    const authorization = `Bearer ${gateway.key}`;
    const ask = (headers: Record<string, string>) =>
      fetch(`${gateway.url}${path}`, { headers: { authorization, ...headers } });
    const packed = await ask({ 'accept-encoding': 'gzip' });
    expect(packed.headers.get('content-encoding')).toBe('gzip');
    const etag = packed.headers.get('etag')!;
    expect((await ask({ 'if-none-match': etag })).status).toBe(304);
    const plain = await ask({ 'accept-encoding': 'identity' });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(await plain.json()).toEqual(await packed.json());
    const { version } = (await snapshotOf('deny')).header;
    expect((await call('GET', `/v1/lists/deny?after=${version}`)).status).toBe(204);
    expect((await call('GET', `/v1/lists/deny?after=${version + 1}`)).body.code).toBe('list-version-unknown');

    const overview = (await call('GET', '/v1/lists')).body.lists as { kind: string; version: number }[];
    expect(overview.find(({ kind }) => kind === 'deny')?.version).toBe(version);
  });

  it('change their key with an overlap, and the new one is vouched for by the old', async () => {
    const { call } = await openGateway({ location: await newLocation(), now: () => now });
    const keysOf = async (): Promise<ListKeys> => (await call('GET', '/v1/lists/keys', { key: undefined })).body;
    const pinned = await keysOf();
    expect(pinned.keys).toHaveLength(1);
    const made = await call('POST', '/v1/lists/keys/rotations', { body: { signsFrom: '2015-10-08T12:00:00+08:00' } });
    expect(made.status).toBe(201);
    const both = await keysOf();
    expect(both.keys.map(({ keyId }) => keyId)).toEqual([pinned.keys[0]!.keyId, made.body.keyId]);
    expect(isVouchedFor(both, pinned.keys)).toBe(true);
    expect(isVouchedFor({ ...both, signatures: both.signatures.slice(1) }, pinned.keys)).toBe(false);
    expect(isVouchedFor({ ...both, keys: both.keys.slice(1) }, pinned.keys)).toBe(false);
    const signerOf = async (parameters: object) => {
      await call('POST', '/v1/lists/parameters/publications', { body: { parameters } });
      const { header, signature } = (await call('GET', '/v1/lists/parameters')).body;
      expect(isSignedBy(both.keys, header, signature)).toBe(true);
      expect(isSignedBy(both.keys, { ...header, version: header.version + 1 }, signature)).toBe(false);
      return header.keyId;
    };
    expect(await signerOf({ a: 1 })).toBe(pinned.keys[0]!.keyId);
    now = new Date('2015-10-08T12:00:00+08:00');
    expect(await signerOf({ a: 2 })).toBe(made.body.keyId);
    // However often it is changed, terminals that know one of the latest keys go on.
    for (let turn = 0; turn < LIST_KEYS_MAX - 1; turn++) await call('POST', '/v1/lists/keys/rotations', { body: {} });
    const latest = listKeysSchema.parse(await keysOf());
    expect(latest.keys.map(({ keyId }) => keyId)).not.toContain(pinned.keys[0]!.keyId);
    expect(isVouchedFor(latest, both.keys)).toBe(true);
  });

  it('are published once by whoever of several processes is first', async () => {
    const location = await newLocation();
    const one = await openGateway({ location, now: () => now });
    const other = await openGateway({ location, now: () => now, key: one.key, dataFolder: one.dataFolder });
    const publish = ({ call }: typeof one, value: number) =>
      call('POST', '/v1/lists/parameters/publications', { body: { parameters: { value } } });
    const answers = await Promise.all([1, 2, 3, 4].map((value) => publish(value % 2 ? one : other, value)));
    const versions = answers.map(({ body }) => body.version as number).sort((left, right) => left - right);
    expect(new Set(versions).size).toBe(4);
    expect(versions[3]! - versions[0]!).toBe(3);
  });
});
