import type { KyselyPlugin } from 'kysely';
import { expect, it } from 'vitest';
import { readFareCards } from '../../../src/gateway/membership/index.js';
import { cardToken } from '../../../src/tap/index.js';
import { eachEngine } from '../storage/each-engine.js';
import { allRows, type Handed, importAt, mobiles, pans, tokenKey } from './import-fixture.js';

const wang = {
  member: 'NB-0001',
  name: '王芳',
  sex: 'female',
  unit: '宁波港，二号码头',
  mobile: mobiles.wang,
  address: '江东区中山东路 1 号',
  certifications: [
    { year: 2015, at: '2015-01-01T00:00:00+08:00', by: 'officer' },
    { year: 2016, at: '2016-02-01T10:00:00+08:00', by: 'self' },
  ],
};
const chen = { member: 'NB-0002', name: '陈杰', mobile: mobiles.chen };
const lost = { state: 'lost', from: '2015-12-24T18:30:00+08:00' };

const json = (members: readonly object[]): Handed => ({ format: 'json', text: JSON.stringify(members, undefined, 1) });
const csv = (...lines: string[]): Handed => ({ format: 'csv', text: `\ufeff${lines.join('\r\n')}\r\n` });

const FILE = json([
  {
    ...wang,
    cards: [
      { pan: pans.wang, generation: 'pboc3', states: [lost] },
      { pan: pans.li, generation: 'pboc2' },
    ],
  },
  { ...chen, cards: [{ pan: pans.chen, bank: 'rural-credit-bank', generation: 'pboc3' }] },
]);

const SAME_AS_CSV = csv(
  'card,generation,bank,state,stateFrom,member,name,sex,unit,mobile,address,certified',
  `6228 4800 0000 0000 018,pboc3,,lost,${lost.from},NB-0001,王芳,female,"宁波港，二号码头",${mobiles.wang},江东区中山东路 1 号,2015;2016-02-01T10:00:00+08:00/self`,
  `${pans.li},pboc2,,,,NB-0001,王芳,,,,,`,
  `${pans.chen},pboc3,rural-credit-bank,,,NB-0002,陈杰,,,${mobiles.chen},,`,
);

const withoutSealed = (rows: Record<string, string[]>) => JSON.stringify(rows).replaceAll(/private_data[^\]]*/g, '');

eachEngine('a member file', (engine) => {
  it('says how many of each are new', async () => {
    const database = await engine.open();
    expect(await importAt(database, FILE)).toEqual({ records: 2, members: 2, cards: 3, certifications: 2, states: 1 });
  });

  it('says the same as CSV and as JSON', async () => {
    const [first, second] = [await engine.open(), await engine.open()];
    await importAt(first, FILE);
    await importAt(second, SAME_AS_CSV);
    expect(withoutSealed(await allRows(second.kysely))).toBe(withoutSealed(await allRows(first.kysely)));
  });

  it('changes nothing when it comes again, later or in the other format', async () => {
    const database = await engine.open();
    await importAt(database, FILE);
    const before = await allRows(database.kysely);
    const nothing = { members: 0, cards: 0, certifications: 0, states: 0 };
    for (const source of [FILE, SAME_AS_CSV]) {
      expect(await importAt(database, source, '2017-01-01T00:00:00Z')).toMatchObject(nothing);
    }
    expect(await allRows(database.kysely)).toEqual(before);
  });

  it('changes nothing twice when two processes bring it at once', async () => {
    const location = await engine.newLocation();
    const databases = [await engine.open(location), await engine.open(location)];
    const reports = await Promise.all(databases.map((database) => importAt(database, FILE)));
    expect(reports.map(({ cards }) => cards).sort()).toEqual([0, 3]);
    const { members, cards, certifications, card_states } = await allRows(databases[0]!.kysely);
    expect([members, cards, certifications, card_states].map((rows) => rows?.length)).toEqual([2, 3, 2, 1]);
  });

  it('changes nothing when one line is wrong, even the last', async () => {
    const database = await engine.open();
    await importAt(database, FILE);
    const before = await allRows(database.kysely);
    const good = { member: 'NB-0003', name: '李娜' };
    const wrongFormat = { member: 'NB-0004', name: '周强', cards: [{ pan: `${pans.li}1`, generation: 'pboc3' }] };
    const cardOfWang = { member: 'NB-0004', name: '周强', cards: [{ pan: pans.wang, generation: 'pboc3' }] };
    const stateOfWang = {
      ...wang,
      cards: [{ pan: pans.wang, generation: 'pboc3', states: [{ ...lost, state: 'closed' }] }],
    };
    for (const wrong of [wrongFormat, cardOfWang, stateOfWang]) {
      await expect(importAt(database, json([good, wrong]))).rejects.toMatchObject({ code: 'members-invalid' });
      expect(await allRows(database.kysely)).toEqual(before);
    }
  });

  it('leaves as it is what it does not speak of', async () => {
    const database = await engine.open();
    await importAt(database, FILE);
    const before = await allRows(database.kysely);
    const brief = csv('member,name,card,generation', `NB-0002,陈杰,${pans.chen},pboc3`);
    expect(await importAt(database, brief)).toMatchObject({ members: 0, cards: 0 });
    expect(await allRows(database.kysely)).toEqual(before);
  });

  it('gives prices the whole history of each card, with one query for all of them', async () => {
    const database = await engine.open();
    await importAt(database, FILE);
    const tokens = Object.values(pans).map((pan) => cardToken(tokenKey, pan));
    let queries = 0;
    const counter: KyselyPlugin = {
      transformQuery: ({ node }) => {
        queries++;
        return node;
      },
      transformResult: async ({ result }) => result,
    };
    const cards = await database.inTransaction((transaction) =>
      readFareCards(transaction.withPlugin(counter), [...tokens, 'stranger']),
    );
    expect(queries).toBe(1);
    expect(cards.size).toBe(3);
    const { certifications } = wang;
    expect(cards.get(tokens[0]!)).toEqual({ generation: 'pboc3', member: true, certifications, states: [lost] });
    expect(cards.get(tokens[1]!)).toEqual({ generation: 'pboc3', member: true, certifications: [], states: [] });
    expect(cards.get(tokens[2]!)).toEqual({ generation: 'pboc2', member: true, certifications, states: [] });
  });
});
