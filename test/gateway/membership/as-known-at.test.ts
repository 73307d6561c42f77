import { expect, it } from 'vitest';
import {
  type MembershipOptions,
  ningboPolicy,
  readCard,
  readCardStatus,
  readMemberStatus,
  recordCard,
  recordCertification,
  recordMember,
  recordMembership,
  recordState,
  recordWithdrawal,
} from '../../../src/gateway/membership/index.js';
import type { GatewayDatabase } from '../../../src/gateway/storage/index.js';
import { cardToken } from '../../../src/tap/index.js';
import { eachEngine } from '../storage/each-engine.js';
import { pans, personalDataKey, tokenKey } from './import-fixture.js';

const token = cardToken(tokenKey, pans.wang);
const member = 'NB-0001';
const day = (monthDay: string) => `2016-${monthDay}T12:00:00+08:00`;

eachEngine('what was known at an instant', (engine) => {
  const on = (database: GatewayDatabase, now: string): MembershipOptions => ({
    database,
    tokenKey,
    personalDataKey,
    clock: () => new Date(now),
    random: (length) => new Uint8Array(length).fill(7),
  });

  it('is answered from the facts that had been recorded by then, with their instants', async () => {
    const database = await engine.open();
    await recordMember(on(database, day('01-05')), {
      member,
      name: '王芳',
      cards: [{ pan: pans.wang, generation: 'pboc3' }],
    });
    await recordCertification(on(database, day('02-10')), { member, year: 2016, at: day('02-01'), by: 'officer' });
    await recordState(on(database, day('03-10')), { token, state: 'lost', from: day('03-01') });
    await recordState(on(database, day('03-21')), { token, state: 'active', from: day('03-20') });
    const withdrawal = { member, year: 2016, at: day('04-01'), reason: 'of another member' };
    await recordWithdrawal(on(database, day('04-02')), withdrawal);
    await recordMembership(on(database, day('05-02')), { member, change: 'left', from: day('05-01') });
    const reasonAt = async (at: string, asKnownAt: string) =>
      (await readCardStatus(database, ningboPolicy(), token, { at: day(at), asKnownAt: day(asKnownAt) })).reason;
    expect(await reasonAt('02-05', '01-04')).toBe('card-unknown');
    expect(await reasonAt('02-05', '02-09')).toBe('not-certified');
    expect(await reasonAt('02-05', '02-10')).toBe('certified');
    expect(await reasonAt('03-05', '03-09')).toBe('certified');
    expect(await reasonAt('03-05', '12-31')).toBe('card-lost');
    expect(await reasonAt('03-25', '12-31')).toBe('certified');
    expect(await reasonAt('04-15', '04-01')).toBe('certified');
    expect(await reasonAt('04-15', '04-03')).toBe('certification-withdrawn');
    expect(await reasonAt('05-15', '12-31')).toBe('member-left');
    const query = { at: day('04-15'), asKnownAt: day('04-20') };
    const status = await readMemberStatus(database, ningboPolicy(), member, query);
    expect(status).toMatchObject({ entitled: false, reason: 'certification-withdrawn', year: 2016 });
    expect(status?.cards).toMatchObject([{ token, entitled: false, reason: 'certification-withdrawn' }]);
    expect(status?.facts).toEqual([
      { kind: 'certification', value: '2016 by officer', from: day('02-01'), recordedAt: '2016-02-10T04:00:00.000Z' },
      { kind: 'withdrawal', value: '2016', from: day('04-01'), recordedAt: '2016-04-02T04:00:00.000Z' },
    ]);
    expect(await readMemberStatus(database, ningboPolicy(), 'nobody', query)).toBeUndefined();
  });

  it('of an exchange: dated, corrected, said again, or said by an old file', async () => {
    const database = await engine.open();
    const say = (now: string, generation: 'pboc2' | 'pboc3', generationFrom?: string) =>
      recordCard(on(database, day(now)), { pan: pans.wang, generation, generationFrom, sequenceNumber: 2 });
    const reason = async (at: string, asKnownAt: string) =>
      (await readCardStatus(database, ningboPolicy(), token, { at: day(at), asKnownAt: day(asKnownAt) })).reason;
    expect(await say('01-05', 'pboc2')).toMatchObject({ cards: 1 });
    expect(await say('02-05', 'pboc3', day('02-01'))).toMatchObject({ cards: 1 });
    for (const again of [
      await say('02-06', 'pboc3'),
      await say('02-06', 'pboc2'),
      await say('02-06', 'pboc3', day('02-01')),
    ]) {
      expect(again).toMatchObject({ cards: 0 });
    }
    expect(await reason('02-03', '02-04')).toBe('card-generation');
    expect(await reason('02-03', '02-05')).toBe('not-a-member');
    expect(await reason('01-31', '02-05')).toBe('card-generation');
    expect(await say('03-01', 'pboc3', day('01-15'))).toMatchObject({ cards: 1 });
    expect(await reason('01-31', '03-01')).toBe('not-a-member');
    expect(await readCard(database.kysely, token)).toMatchObject({
      generation: 'pboc3',
      exchanges: [
        { generation: 'pboc3', from: day('01-15'), sequenceNumber: 2 },
        { generation: 'pboc3', from: day('02-01'), sequenceNumber: 2 },
      ],
    });
  });

  it('refuses what cannot be: a withdrawal before any certification, two changes at one instant', async () => {
    const database = await engine.open();
    const options = on(database, day('06-01'));
    await recordMember(options, { member, name: '王芳', joined: day('01-01') });
    await recordCertification(options, { member, year: 2016, at: day('02-01'), by: 'self' });
    const refusals = [
      [() => recordWithdrawal(options, { member, year: 2016, at: day('01-31') }), 'certification-unknown'],
      [() => recordWithdrawal(options, { member, year: 2017, at: day('03-01') }), 'certification-unknown'],
      [() => recordWithdrawal(options, { member: 'nobody', year: 2016, at: day('03-01') }), 'member-unknown'],
      [() => recordMembership(options, { member, change: 'left', from: day('01-01') }), 'contradiction'],
    ] as const;
    for (const [refused, code] of refusals) {
      await expect(refused()).rejects.toMatchObject({ issues: [{ code }] });
    }
  });
});
