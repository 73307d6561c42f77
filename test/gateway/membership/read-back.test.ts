import { expect, it } from 'vitest';
import {
  listMembers,
  readCard,
  readMember,
  recordCertification,
  recordState,
} from '../../../src/gateway/membership/index.js';
import { PersonalDataError } from '../../../src/gateway/membership/personal-data-cipher.js';
import type { GatewayDatabase } from '../../../src/gateway/storage/index.js';
import { cardToken } from '../../../src/tap/index.js';
import { eachEngine } from '../storage/each-engine.js';
import { importAt, mobiles, pans, personalDataKey, tokenKey } from './import-fixture.js';

const secrets = {
  identityType: '居民身份证',
  identityNumber: '330203198001010019',
  mobile: mobiles.wang,
  address: '江东区中山东路 1 号',
};
const wang = { member: 'NB-0001', name: '王芳' };
const chen = { member: 'NB-0002', name: '陈杰' };
const card = { pan: pans.wang, generation: 'pboc3' };
const DAY_1 = '2016-02-03T08:00:00.000Z';
const DAY_2 = '2016-02-04T08:00:00.000Z';

const load = (database: GatewayDatabase, members: readonly object[], now = DAY_1) =>
  importAt(database, { format: 'json', text: JSON.stringify(members) }, now);

const optionsOf = (database: GatewayDatabase, now = DAY_1) => ({
  database,
  tokenKey,
  personalDataKey,
  clock: () => new Date(now),
  random: (length: number) => new Uint8Array(length),
});

eachEngine('what is known of a member', (engine) => {
  it('is read back whole, the sealed part only where one member is asked for, and masked in a list', async () => {
    const database = await engine.open();
    await load(database, [{ ...wang, ...secrets, cards: [card] }]);
    expect(await readMember(optionsOf(database), 'NB-0001')).toMatchObject({ ...wang, ...secrets });
    const listed = JSON.stringify(await listMembers(optionsOf(database), { limit: 10 }));
    expect(listed).toContain(wang.name);
    for (const secret of [secrets.identityNumber, secrets.mobile, secrets.address])
      expect(listed).not.toContain(secret);
  });

  it('keeps what a later file does not speak of, and takes what it says anew', async () => {
    const database = await engine.open();
    await load(database, [{ ...wang, ...secrets }]);
    await load(database, [{ ...wang, mobile: mobiles.chen }], DAY_2);
    expect(await readMember(optionsOf(database), 'NB-0001')).toMatchObject({ ...secrets, mobile: mobiles.chen });
  });

  it('does not open where it was put under another member', async () => {
    const database = await engine.open();
    await load(database, [{ ...wang, ...secrets }, chen]);
    const { private_data } = await database.kysely
      .selectFrom('members')
      .select('private_data')
      .where('member', '=', wang.member)
      .executeTakeFirstOrThrow();
    await database.kysely.updateTable('members').set({ private_data }).where('member', '=', chen.member).execute();
    await expect(readMember(optionsOf(database), chen.member)).rejects.toThrow(PersonalDataError);
  });

  it('says of each certification and each state when it was heard of, and never changes that', async () => {
    const database = await engine.open();
    const first = { year: 2016, at: '2016-02-01T10:00:00+08:00', by: 'self' } as const;
    const second = { year: 2017, at: '2016-01-31T10:00:00+08:00', by: 'officer' } as const;
    const active = { state: 'active', from: '2015-08-26T00:00:00+08:00' } as const;
    const lost = { state: 'lost', from: '2016-02-02T09:00:00+08:00' } as const;
    const file = [{ ...wang, certifications: [first], cards: [{ ...card, states: [active] }] }];
    await load(database, file);
    const later = optionsOf(database, DAY_2);
    const token = cardToken(tokenKey, pans.wang);
    await recordCertification(later, { ...second, member: wang.member });
    await recordState(later, { ...lost, token });
    await load(database, file, DAY_2);
    expect((await readMember(later, wang.member))?.certifications).toEqual([
      { ...second, recordedAt: DAY_2 },
      { ...first, recordedAt: DAY_1 },
    ]);
    expect((await readCard(database.kysely, token))?.states).toEqual([
      { ...active, recordedAt: DAY_1 },
      { ...lost, recordedAt: DAY_2 },
    ]);
  });

  it('is never told in an error', async () => {
    const database = await engine.open();
    const other = '110101199003070011';
    await load(database, [{ ...wang, ...secrets, cards: [card] }]);
    const wrong = [
      [
        { ...wang, ...secrets },
        { ...wang, identityNumber: other },
      ],
      [{ ...wang, ...secrets, identityNumber: secrets.identityNumber.repeat(3) }],
      [{ ...wang, ...secrets, mobile: secrets.identityNumber }],
      [{ ...wang, ...secrets, [secrets.identityNumber]: 1 }],
      [{ ...chen, ...secrets, cards: [card] }],
    ];
    for (const members of wrong) {
      const thrown = await load(database, members).catch((error) => error);
      expect(thrown).toMatchObject({ code: 'members-invalid' });
      const told = `${thrown.message} ${thrown.stack} ${JSON.stringify(thrown)}`;
      for (const secret of [...Object.values(secrets), other, pans.wang]) expect(told).not.toContain(secret);
    }
  });
});
