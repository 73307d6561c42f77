import { expect, it } from 'vitest';
import { whoHasLeft } from '../../../src/gateway/collection/check/check-doubles.js';
import { recordMember, recordMembership } from '../../../src/gateway/membership/index.js';
import { tokenKey } from '../intake/intake-fixture.js';
import { personalDataKey } from '../membership/import-fixture.js';
import { eachEngine } from '../storage/each-engine.js';

eachEngine('a member whose leave lies ahead', (engine) => {
  it('has not left before that day, and has from then on', async () => {
    const database = await engine.open();
    const clock = () => new Date('2016-06-01T12:00:00+08:00');
    const random = (length: number) => new Uint8Array(length).fill(9);
    const options = { database, tokenKey, personalDataKey, clock, random };
    const member = 'NB-0001';
    await recordMember(options, { member, name: '王芳' });
    await recordMembership(options, { member, change: 'joined', from: '2015-08-01T00:00:00+08:00' });
    await recordMembership(options, { member, change: 'left', from: '2016-07-01T00:00:00+08:00' });
    const leftAt = async (instant: string) => [
      ...(await whoHasLeft(database.kysely, [member, 'NB-0002'], Date.parse(instant))),
    ];
    expect(await leftAt('2016-06-01T12:00:00+08:00')).toEqual([]);
    expect(await leftAt('2016-06-30T23:59:59.999+08:00')).toEqual([]);
    expect(await leftAt('2016-07-01T00:00:00+08:00')).toEqual([member]);
  });
});
