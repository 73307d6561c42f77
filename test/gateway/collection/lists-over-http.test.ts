import { expect, it } from 'vitest';
import { readTable } from '../../../src/gateway/collection/read-table.js';
import { writeCsv } from '../../../src/gateway/sheets/write-csv.js';
import { writeXlsx } from '../../../src/gateway/sheets/write-xlsx.js';
import { type GatewayUnderTest, openGateway } from '../http/gateway-under-test.js';
import { eachEngine } from '../storage/each-engine.js';
import { cellsOf, HEADINGS, someone } from './people.js';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const UNITS = `unit,name,level,parent
ningbo,宁波市总工会,city,
haishu,海曙区总工会,district,ningbo
port,宁波港工会,grass-roots,haishu
bank,某银行工会,grass-roots,haishu
`;

const people = [0, 1, 2, 3, 4].map(someone);
const sheet = (rows: readonly (readonly string[])[]) => [{ name: '名册', widths: HEADINGS.map(() => 12), rows }];
const workbook = (rows: readonly (readonly string[])[]) => writeXlsx(sheet([HEADINGS, ...rows]));

function wrongOnes(): string[][] {
  const [good] = people.map(cellsOf);
  const [name, sex, number, mobile, address] = good as [string, string, string, string, string];
  const lastOther = number.slice(0, 17) + (number.endsWith('0') ? '1' : '0');
  return [
    [name, sex, lastOther, '13900001001', address],
    [name, sex, '', '13900001002', address],
    ['王5', '中', '3.30203E+17', '12900001003', ''],
    [name, sex, number, mobile, `${address}2`],
  ];
}

async function openUnits(gateway: GatewayUnderTest) {
  await gateway.call('POST', '/v1/units/import', { body: UNITS, type: 'text/csv' });
  const upload = (body: string | Uint8Array, type = XLSX, unit = 'port') =>
    gateway.call('POST', `/v1/member-lists?unit=${unit}`, { body, type });
  const step = (list: string, body: object) => gateway.call('POST', `/v1/member-lists/${list}/steps`, { body });
  const fetchFile = async (path: string) => {
    const answer = await fetch(`${gateway.url}${path}`, { headers: { authorization: `Bearer ${gateway.key}` } });
    return { type: answer.headers.get('content-type'), bytes: new Uint8Array(await answer.arrayBuffer()) };
  };
  return { ...gateway, upload, step, fetchFile };
}

eachEngine('lists of members', (engine) => {
  it('go in row by row, up the hierarchy, and become members with cards on order', async () => {
    const { call, upload, step, fetchFile } = await openUnits(
      await openGateway({ location: await engine.newLocation() }),
    );
    const bytes = await workbook([...people.map(cellsOf), ...wrongOnes()]);
    const first = await upload(bytes);
    expect(first).toMatchObject({
      status: 201,
      body: { list: { state: 'draft', atUnit: 'port', rows: { good: 5, wrong: 4, known: 0 } } },
    });
    const codes = first.body.wrong.map((row: { row: number; issues: { column: string; code: string }[] }) => [
      row.row,
      ...row.issues.map(({ column, code }) => `${column} ${code}`),
    ]);
    expect(codes).toEqual([
      [7, 'identityNumber identity-check-digit-wrong'],
      [8, 'identityNumber missing'],
      [
        9,
        'name name-wrong',
        'sex sex-unknown',
        'identityNumber number-rounded',
        'mobile mobile-wrong',
        'address missing',
      ],
      [10, 'identityNumber doubled-in-file'],
    ]);
    const { list } = first.body.list;
    expect(await upload(bytes)).toMatchObject({ status: 200, body: { list: { list, rows: { good: 5 } } } });
    const wrong = await fetchFile(`/v1/member-lists/${list}/wrong-rows`);
    expect(wrong.type).toContain(XLSX);
    const back = await readTable({ format: 'xlsx', bytes: wrong.bytes }, ['name'], 100);
    expect(back.headings.texts).toEqual([...HEADINGS, '原因 reason']);
    expect(back.rows.map(({ cells }) => cells[5]?.text)).toEqual([
      expect.stringContaining('身份证号校验位不符'),
      expect.stringContaining('未填写'),
      expect.stringContaining('丢失'),
      expect.stringContaining('重复'),
    ]);
    const again = await upload(wrong.bytes);
    expect(again.body.list.rows).toMatchObject({ good: 0, wrong: 4 });
    expect(await step(again.body.list.list, { step: 'submit' })).toMatchObject({
      status: 409,
      body: { code: 'list-without-rows' },
    });
    expect((await step(again.body.list.list, { step: 'discard' })).body).toMatchObject({ state: 'discarded' });
    const { body: rows } = await call('GET', `/v1/member-lists/${list}/rows?state=good&limit=2`);
    expect(rows).toMatchObject({
      next: 3,
      rows: [{ row: 2, person: { mobile: '139****0000', address: '海曙区***' } }, {}],
    });
    expect(JSON.stringify(rows)).not.toContain(people[0]!.identityNumber);
    const dropped = await call('DELETE', `/v1/member-lists/${list}/rows/6`);
    expect(dropped.body.rows).toMatchObject({ good: 4, wrong: 4 });
    expect((await step(list, { step: 'accept' })).body).toMatchObject({ code: 'list-step-not-allowed' });
    expect((await step(list, { step: 'submit' })).body).toMatchObject({ state: 'submitted', atUnit: 'haishu' });
    expect((await call('DELETE', `/v1/member-lists/${list}/rows/5`)).status).toBe(409);
    expect((await step(list, { step: 'return' })).body).toMatchObject({ code: 'list-reason-missing' });
    expect((await step(list, { step: 'return', reason: '缺盖章' })).body).toMatchObject({
      state: 'returned',
      atUnit: 'port',
    });
    await step(list, { step: 'submit' });
    expect((await step(list, { step: 'accept' })).body).toMatchObject({ state: 'submitted', atUnit: 'ningbo' });
    expect((await step(list, { step: 'accept' })).body).toMatchObject({ state: 'accepted', rows: { recorded: 4 } });
    const { events } = (await call('GET', `/v1/member-lists/${list}`)).body;
    expect(events.map(({ step: name }: { step: string }) => name)).toEqual([
      ...['upload', 'drop-row', 'submit', 'return', 'submit', 'accept', 'accept'],
    ]);
    const { members } = (await call('GET', '/v1/members')).body;
    expect(members).toHaveLength(4);
    for (const member of members) {
      expect(member).toMatchObject({ unit: '宁波港工会', unitId: 'port', memberships: [{ change: 'joined' }] });
      expect(member.member).toMatch(/^NB\d{11}$/);
    }
    const renewed = await upload(await workbook([...people.map(cellsOf), [...cellsOf(someone(9))]]), XLSX, 'port');
    expect(renewed.body.list.rows).toMatchObject({ good: 2, wrong: 0, known: 4 });
  });

  it('have a person once: of two that come at the same moment one sees the other', async () => {
    const { upload, call } = await openUnits(await openGateway({ location: await engine.newLocation() }));
    const csv = writeCsv([HEADINGS, ...people.map(cellsOf)]);
    const same = await Promise.all([1, 2, 3].map(() => upload(csv, 'text/csv')));
    expect(same.map(({ status }) => status).sort()).toEqual([200, 200, 201]);
    const longer = writeCsv([
      [...HEADINGS, '单位'],
      ...people.toReversed().map((each) => [...cellsOf(each), '某银行工会']),
    ]);
    const [bank, district] = await Promise.all([
      upload(longer, 'text/csv', 'bank'),
      upload(longer, 'text/csv', 'haishu'),
    ]);
    for (const { body } of [bank, district]) {
      expect(body.wrong[0].issues).toMatchObject([{ column: 'identityNumber', code: 'in-other-list' }]);
    }
    const { body } = await call('GET', '/v1/member-lists?unit=haishu&limit=2');
    expect(body.lists).toHaveLength(2);
    expect((await call('GET', `/v1/member-lists?unit=haishu&after=${body.next}`)).body.lists).toHaveLength(1);
    const other = writeCsv([
      [...HEADINGS, '单位'],
      [...cellsOf(someone(20)), '某银行工会'],
      [...cellsOf(someone(21)), '火星工会'],
    ]);
    const rows = (await upload(other, 'text/csv', 'port')).body.wrong;
    expect(rows.map((row: { issues: { code: string }[] }) => row.issues[0]!.code)).toEqual([
      'unit-unknown',
      'unit-unknown',
    ]);
    const top = await upload(writeCsv([HEADINGS, cellsOf(someone(22))]), 'text/csv', 'haishu');
    expect(top.body.wrong[0].issues).toMatchObject([{ code: 'unit-not-grass-roots' }]);
  });

  it('are refused as a whole where they are no lists, and templates are taken as they are', async () => {
    const { upload, fetchFile, call } = await openUnits(await openGateway({ location: await engine.newLocation() }));
    expect(await upload('a,b\n1,2\n', 'text/csv')).toMatchObject({ status: 400, body: { code: 'headings-missing' } });
    expect(await upload('PK', XLSX)).toMatchObject({ status: 400, body: { code: 'file-not-readable' } });
    expect((await upload('x', 'text/plain')).status).toBe(415);
    expect((await upload('x', 'text/csv', 'nowhere')).status).toBe(404);
    const record = { ...someone(3), identityNumber: ` ${someone(3).identityNumber.toLowerCase()}` };
    const json = await call('POST', '/v1/member-lists?unit=port', { body: [record] });
    expect(json.body.list).toMatchObject({ format: 'json', rows: { good: 1 } });
    for (const [format, type] of [
      ['csv', 'text/csv'],
      ['xlsx', XLSX],
    ] as const) {
      const { bytes } = await fetchFile(`/v1/member-lists/template?format=${format}`);
      expect((await upload(bytes, type)).body).toMatchObject({ code: 'rows-missing' });
    }
  });

  it('tell where a member got no card, and keep the member', async () => {
    const { call, upload, step } = await openUnits(await openGateway({ location: await engine.newLocation() }));
    const { name, mobile, identityNumber } = someone(30);
    const left = '2015-09-01T00:00:00+08:00';
    const known = { member: 'old-1', name, mobile, identityNumber, left };
    expect((await call('POST', '/v1/members', { body: known })).status).toBe(201);
    const card = { pan: '6228000100000000017', member: 'old-1', generation: 'pboc3' };
    expect((await call('POST', '/v1/cards', { body: card })).status).toBe(201);
    const csv = writeCsv([HEADINGS, cellsOf(someone(30)), cellsOf(someone(31))]);
    const { list } = (await upload(csv, 'text/csv')).body.list;
    for (const name of ['submit', 'accept', 'accept']) await step(list, { step: name });
    const { body } = await call('GET', `/v1/member-lists/${list}`);
    expect(body).toMatchObject({ state: 'accepted', rows: { recorded: 2 } });
    expect(body.events.at(-1)).toMatchObject({
      ...{ step: 'card-not-ordered', state: 'accepted', atUnit: 'ningbo', row: 2 },
      reason: expect.stringContaining('card-held-already'),
    });
    const { rows } = (await call('GET', `/v1/member-lists/${list}/rows`)).body;
    expect(rows).toMatchObject([
      { row: 2, state: 'recorded', member: 'old-1', issues: [{ column: 'bank', code: 'no-card-held-already' }] },
      { row: 3, state: 'recorded' },
    ]);
    expect(rows[1].issues).toBeUndefined();
  });
});
