import { expect, test } from 'vitest';
import { cloneCard } from '../../../../simulator/index.js';
import { random } from '../../card-in-hand.js';
import { freshCard, inserted, tapped } from '../profiles/at-terminals.js';

const clone = (profile: string) => cloneCard(freshCard(profile), random);

test('a clone cannot sign: dynamic authentication refuses it', async () => {
  expect(await tapped(clone('service-card-51'))).toEqual({
    reason: 'offline-data-authentication-failed',
    authentication: 'signed-dynamic-data-missing',
  });
});

test('a clone of a card with static authentication is believed offline, and its issuer finds out', async () => {
  expect(await inserted(freshCard('static-authentication'))).toEqual({ reason: 'approved-by-issuer' });
  expect(await inserted(clone('static-authentication'))).toMatchObject({ reason: 'declined-by-issuer' });
});

test.each(['service-card-51', 'dual-algorithm', 'small-payment', 'two-applications'])(
  'nothing secret of %s',
  (name) => {
    const original = freshCard(name);
    const secrets = [
      ...(original.privateKey?.primes ?? []),
      original.privateKey?.privateExponent,
      original.sm2PrivateKey,
      ...original.applications.flatMap(({ keys, pin, smTransaction, cappFiles }) => [
        ...Object.values(keys),
        ...Object.values(smTransaction?.keys ?? {}),
        ...cappFiles.map(({ openingKey }) => openingKey),
        pin && `"${pin}"`,
      ]),
      ...original.state.flatMap(({ cappRecords }) => cappRecords.map(({ managementKey }) => managementKey)),
    ].filter((secret) => secret !== undefined);
    const copied = JSON.stringify(clone(name));
    expect(secrets.length).toBeGreaterThan(3);
    expect(secrets.filter((secret) => copied.includes(secret))).toEqual([]);
  },
);

test('all that the card tells is copied', () => {
  const original = freshCard('used-card');
  const copy = clone('used-card');
  expect(copy.applications[0]!.records).toEqual(original.applications[0]!.records);
  expect(copy.applications[0]!.data).toEqual(original.applications[0]!.data);
  expect(copy.state).toEqual(original.state);
});
