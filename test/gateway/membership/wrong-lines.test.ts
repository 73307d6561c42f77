import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import type { GatewayDatabase } from '../../../src/gateway/storage/index.js';
import { eachEngine } from '../storage/each-engine.js';
import { allRows, type Handed, importAt, pans } from './import-fixture.js';

const HEADER = 'member,name,unit,mobile,card,generation,state,stateFrom,certified';
const csv = (...lines: string[]): Handed => ({ format: 'csv', text: `${lines.join('\n')}\n` });

const json = (text: string): Handed => ({ format: 'json', text });

type Place = readonly [line: number, column: string, code: string];

eachEngine('a wrong member file', (engine) => {
  let database: GatewayDatabase;
  beforeAll(async () => {
    database = await engine.open();
  });

  async function placesOf(source: Handed): Promise<Place[]> {
    const error = await importAt(database, source).then(
      () => expect.fail('the file was taken'),
      (thrown) => thrown,
    );
    expect(error).toMatchObject({ name: 'MembershipError', code: 'members-invalid' });
    const { members = [] } = await allRows(database.kysely);
    expect(members).toEqual([]);
    return error.issues.map(({ line, column, code }: { line: number; column: string; code: string }) => [
      line,
      column,
      code,
    ]);
  }

  it('is told every wrong cell by its line and column, behind cells of several lines too', async () => {
    const file = csv(
      HEADER,
      'A-1,王芳,"Port\nBerth 2",13900574001,,,,,',
      `A-2,,,12,${pans.wang.slice(0, -1)}9,pboc3,,,`,
      '',
      `A-3,陈杰,,,6.22848E+18,pboc4,,,`,
      `A-4,李娜,,,${pans.li},pboc3,stolen,2015-12-24T18:30:00,`,
      'A-5,周强,,,,,,,2016-02-30T10:00:00+08:00/self',
    );
    expect(await placesOf(file)).toEqual([
      [2, 'unit', 'wrong-format'],
      [4, 'name', 'missing'],
      [4, 'mobile', 'wrong-format'],
      [4, 'card', 'check-digit-wrong'],
      [6, 'card', 'wrong-format'],
      [6, 'generation', 'unknown-value'],
      [7, 'state', 'unknown-value'],
      [7, 'stateFrom', 'wrong-format'],
      [8, 'certified', 'wrong-format'],
    ]);
  });

  it('is told the field of a wrong JSON record and the line where the record begins', async () => {
    const text = `[
  { "member": "A-1", "name": "王芳" },
  { "member": "A-2", "name": "陈杰",
    "cards": [{ "pan": "${pans.chen.slice(0, -1)}0", "generation": "pboc3" }] },
  { "member": "A-3", "nam": "李娜" }
]`;
    expect(await placesOf(json(text))).toEqual([
      [3, 'cards.0.pan', 'check-digit-wrong'],
      [5, 'name', 'missing'],
      [5, 'nam', 'unknown-field'],
    ]);
  });

  it('is told the check digit that does not fit', async () => {
    const file = csv('member,name,card,generation', `A-1,王芳,${pans.wang.slice(0, -1)}9,pboc3`);
    expect(await placesOf(file)).toEqual([[2, 'card', 'check-digit-wrong']]);
  });

  it('is refused where it cannot be read at all', async () => {
    expect(await placesOf(csv('member,name', 'A-1,"王芳'))).toEqual([[2, '', 'file-malformed']]);
    expect(await placesOf(csv('member,name', 'A-1,王芳,more'))).toEqual([[2, '', 'file-malformed']]);
    expect(await placesOf(csv('member', 'A-1'))).toEqual([[1, 'name', 'missing']]);
    expect(await placesOf(json('[{ "member": "A-1", "name": "王芳" }'))).toMatchObject([[1, '', 'file-malformed']]);
    expect(await placesOf(json('{}'))).toMatchObject([[1, '', 'file-malformed']]);
  });

  it('is told of two lines that contradict each other', async () => {
    const file = csv(
      'member,name,card,generation',
      `A-1,王芳,${pans.wang},pboc3`,
      `A-2,陈杰,${pans.wang},pboc3`,
      'A-1,王方,,',
    );
    expect(await placesOf(file)).toEqual([
      [4, 'name', 'contradiction'],
      [3, 'card', 'card-of-other-member'],
    ]);
  });

  it('never repeats a card number, wherever it stands', async () => {
    const columns = HEADER.split(',');
    const place = fc.record({
      row: fc.integer({ min: 0, max: 2 }),
      column: fc.nat(columns.length - 1),
      quote: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(place, async ({ row, column, quote }) => {
        const rows = [columns, ['A-1', '王芳', '', '', '', '', '', '', ''], ['', '', 'x', '', '', '', '', '', '']];
        rows[row]![column] = `${quote ? '"' : ''}${pans.wang}`;
        const thrown = await importAt(database, csv(...rows.map((cells) => cells.join(',')))).catch((error) => error);
        expect(thrown).toBeInstanceOf(Error);
        expect(`${thrown.message} ${thrown.stack} ${JSON.stringify(thrown)}`).not.toContain(pans.wang);
      }),
      { numRuns: 54 },
    );
    const records = [
      { member: 'A-1', name: '王芳', [pans.wang]: 1 },
      { member: 'A-1', name: '王芳', cards: [{ pan: Number(pans.li), generation: 'pboc3' }] },
      { member: 'A-1', name: '王芳', sex: pans.li },
      { member: 'A-1', name: '王芳', cards: [{ pan: pans.li, generation: pans.wang, [pans.chen]: {} }] },
    ];
    for (const record of records) {
      const thrown = await importAt(database, json(JSON.stringify([record]))).catch((error) => error);
      const told = `${thrown.message} ${thrown.stack} ${JSON.stringify(thrown)}`;
      for (const pan of Object.values(pans)) expect(told).not.toContain(pan);
    }
  });
});
