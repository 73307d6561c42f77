import { expect, it } from 'vitest';
import { openListStore, readTerminalLists } from '../../../src/terminal/index.js';
import { deltaOf, denyContent, keysOf, makeList, makeSigner } from '../../lists/list-maker.js';
import { SimulatedDisk } from '../queue/simulated-disk.js';

const NOW = new Date('2015-10-06T12:00:00+08:00');
const signer = makeSigner();
const content = [['1'], ['1', '2'], ['2', '3']].map((tails) =>
  denyContent(tails.map((tail) => `622800010000000001${tail}`)),
);
const lists = content.map((each, index) => makeList(signer, { version: index + 1, content: each }));
const [first, second, third] = lists as [(typeof lists)[0], (typeof lists)[0], (typeof lists)[0]];

async function storeWith(...applied: readonly unknown[]) {
  const files = new SimulatedDisk();
  const store = await openListStore('lists', { clock: () => NOW, files });
  await store.learnKeys(keysOf(signer));
  for (const update of applied) expect(await store.apply('deny', update)).toMatchObject({ ok: true });
  return { store, files, again: (clock = () => NOW) => openListStore('lists', { clock, files }) };
}

it('has on the disk what it took, whole or as what has changed', async () => {
  const { store, again, files } = await storeWith(first);
  expect(await store.apply('deny', deltaOf(first, second))).toMatchObject({ ok: true, how: 'delta', version: 2 });
  expect(await store.apply('deny', third)).toMatchObject({ ok: true, how: 'snapshot', version: 3 });
  expect(await store.apply('deny', third)).toMatchObject({ ok: true, how: 'unchanged', version: 3 });
  for (const each of [store, await again()]) expect(each.list('deny')).toEqual(third);
  expect((await again()).damaged).toEqual([]);
  // Of the versions before, one is kept.
  expect((await files.list('lists')).filter((name) => name.startsWith('deny'))).toHaveLength(2);
});

it.each([
  ['list-older', first],
  ['list-older', makeList(signer, { version: 2, content: content[2]! })],
  ['signature-wrong', { ...third, header: { ...third.header, validUntil: '2016-01-01T00:00:00+08:00' } }],
  ['signature-wrong', { ...third, signature: 'AAAA' }],
  ['key-untrusted', makeList(makeSigner(), { version: 3, content: content[2]! })],
  ['content-mismatch', { ...third, content: content[0] }],
  ['delta-base-other', deltaOf(first, third)],
  ['content-mismatch', { ...deltaOf(second, third), ...{ delta: withoutNames(deltaOf(second, third)) } }],
  ['list-expired', makeList(signer, { version: 3, content: content[2]!, validUntil: '2015-10-06T12:00:00+08:00' })],
  ['list-unsound', makeList(signer, { version: 3, content: { cards: 'AAAA' } })],
  ['list-unsound', makeList(signer, { kind: 'members', version: 3, content: content[2]! })],
  ['list-unsound', { header: third.header }],
  ['list-unsound', 'nothing'],
])('refuses with %s and keeps what it has', async (code, update) => {
  const { store, again } = await storeWith(second);
  expect(await store.apply('deny', update)).toMatchObject({ ok: false, code });
  for (const each of [store, await again()]) expect(each.list('deny')).toEqual(second);
});

function withoutNames(update: object) {
  return { ...(update as { delta: object }).delta, names: {} };
}

it('takes new keys that a trusted one vouches for, and no others', async () => {
  const { store, again } = await storeWith();
  const [next, stranger] = [makeSigner(), makeSigner()];
  expect(await store.learnKeys(keysOf(stranger))).toEqual({ ok: false, code: 'keys-unvouched' });
  const { keys } = keysOf(signer, stranger);
  expect(await store.learnKeys({ keys, signatures: keysOf(stranger).signatures })).toMatchObject({ ok: false });
  expect(await store.learnKeys(keysOf(signer, next))).toEqual({ ok: true, how: 'vouched' });
  expect(await store.learnKeys(keysOf(next))).toEqual({ ok: true, how: 'vouched' });
  const opened = await again();
  expect(opened.keys).toEqual([next.key]);
  expect(await opened.apply('deny', first)).toMatchObject({ ok: false, code: 'key-untrusted' });
  expect(await opened.apply('deny', makeList(next, { version: 1, content: content[0]! }))).toMatchObject({ ok: true });
});

it('trusts first the key that it was told to', async () => {
  const store = await openListStore('lists', { clock: () => NOW, files: new SimulatedDisk() });
  const { keyId } = signer.key;
  expect(await store.learnKeys(keysOf(makeSigner()), keyId)).toEqual({ ok: false, code: 'key-not-pinned' });
  expect(await store.learnKeys(keysOf(signer), keyId)).toEqual({ ok: true, how: 'pinned' });
});

it('keeps out whom the deny list names also when it has expired, and then knows no members', async () => {
  const { again } = await storeWith(second);
  const later = new Date('2015-11-01T12:00:00+08:00');
  const { denyList, memberOf, states } = readTerminalLists(await again(() => later), later);
  expect(states).toMatchObject([{ kind: 'deny', version: 2, isExpired: true }]);
  expect(denyList).toBeDefined();
  expect(memberOf('6228000100000000011')).toBe('unknown');
});

it('has the old list or the new one, wherever the power goes while it takes one', async () => {
  let outcomes = 0;
  for (let seed = 1; seed <= 8; seed++) {
    for (let operations = 0; ; operations++) {
      const { store, files, again } = await storeWith(first, second);
      files.losePowerAfter(operations);
      const ended = await store.apply('deny', deltaOf(second, third)).then(
        () => true,
        () => false,
      );
      files.recover(seededBelow(seed * 1000 + operations));
      const { version } = (await again()).list('deny')!.header;
      expect([2, 3]).toContain(version);
      if (ended) expect(version).toBe(3);
      outcomes++;
      if (ended) break;
    }
  }
  expect(outcomes).toBeGreaterThan(40);
});

it('has the old list or the new one, wherever the file of the new one is cut or one of its bytes is another', async () => {
  const { files, again } = await storeWith(second, third);
  const name = 'lists/deny.0000000003.json';
  const whole = files.content(name).slice();
  for (let length = 0; length < whole.length; length++) {
    files.put(name, whole.slice(0, length));
    expect((await again()).list('deny')?.header.version, `cut behind ${length}`).toBe(2);
    const changed = whole.slice();
    changed[length]! ^= 1;
    files.put(name, changed);
    expect((await again()).list('deny')?.header.version, `changed at ${length}`).toBe(2);
  }
  files.put(name, whole);
  expect((await again()).list('deny')?.header.version).toBe(3);
});

it('tells of a full disk, keeps what it has, and takes the list when there is room', async () => {
  const { store, files } = await storeWith(second);
  files.capacity = files.used + 100;
  await expect(store.apply('deny', third)).rejects.toMatchObject({ code: 'disk-full' });
  expect(store.list('deny')).toEqual(second);
  files.capacity = Number.POSITIVE_INFINITY;
  expect(await store.apply('deny', third)).toMatchObject({ ok: true, version: 3 });
});

function seededBelow(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 8) % below;
  };
}
