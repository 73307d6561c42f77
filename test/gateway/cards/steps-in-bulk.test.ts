import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readStepsFile } from '../../../src/cli/members/cards/read-steps-file.js';
import { takeStepsInBulk } from '../../../src/cli/members/cards/take-steps-in-bulk.js';
import { writeXlsx, XLSX } from '../../../src/gateway/sheets/index.js';
import { temporaryFolder } from '../../cli/support/yongtap.js';
import { type Call, openGateway, type Reply } from '../http/gateway-under-test.js';
import { newPerson } from '../people/person-under-test.js';
import { eachEngine } from '../storage/each-engine.js';

const PANS = ['6228000100000000231', '6228000100000000314', '6228000100000000322'] as const;
const MISTYPED = '6228000100000000232';
const IDENTITIES = ['330203198805120015', '33020319900307234X'] as const;
const UNITS =
  'unit,name,level,parent\nningbo,宁波,city,\nh-1,海曙小学工会,grass-roots,ningbo\nh-2,海曙中学工会,grass-roots,ningbo\n';
const folder = temporaryFolder();

function fileOf(text: string | Uint8Array, name = 'cards.csv'): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

type Ask = (method: string, path: string, wanted?: Call) => Promise<Reply>;

const codesOf = ({ body }: Reply): readonly (readonly unknown[])[] =>
  body.rows.map(({ row, result, code }: Record<string, unknown>) => [row, code ?? result]);

eachEngine('lists of cards', ({ newLocation }) => {
  it('are ordered, ready, collected, checked and activated row by row by whom they are for; again they change nothing', async () => {
    const now = new Date('2015-10-26T09:00:00+08:00');
    const gateway = await openGateway({ location: await newLocation(), now: () => now });
    const { call } = gateway;
    await call('POST', '/v1/units/import', { body: UNITS, type: 'text/csv' });
    for (const [index, unitId] of ['h-1', 'h-1', 'h-2'].entries()) {
      const identityNumber = IDENTITIES[index];
      const body = { member: `m${index}`, name: `王芳`, unitId, ...(identityNumber && { identityNumber }) };
      expect((await call('POST', '/v1/members', { body })).status).toBe(201);
    }
    const person = (role: 'unit-officer' | 'bank-teller', of: object) =>
      newPerson(gateway, { name: role, roles: [role], ...of }, () => now);
    const { call: unit } = await person('unit-officer', { unit: 'h-1' });
    const { call: bank } = await person('bank-teller', { bank: 'bank-of-china' });
    const step = (ask: Ask, path: string, body: unknown, type = 'application/json') =>
      ask('POST', `/v1/card-steps/${path}`, { body, type });
    const twice = async (ask: Ask, path: string, body: unknown, type?: string) => {
      const first = codesOf(await step(ask, path, body, type));
      const again = await step(ask, path, body, type);
      expect(again.body.counts.created).toBe(0);
      expect(codesOf(again)).toEqual(first.map(([row, code]) => [row, code === 'created' ? 'exists' : code]));
      return first;
    };

    const at = '2015-10-08T09:00:00+08:00';
    const members = `会员号,银行,时间\nm0,中国银行,${at}\nm1,,${at}\nm2,,\nnobody,,\nm0,中国银行,${at}\n,,\nm1,no bank,\n`;
    expect(await twice(unit, 'orders', members, 'text/csv')).toEqual([
      [2, 'created'],
      [3, 'created'],
      [4, 'member-unknown'],
      [5, 'member-unknown'],
      [6, 'exists'],
      [8, 'bank-unknown'],
    ]);
    const { order } = (await call('POST', '/v1/card-orders', { body: { member: 'm2', bank: 'rural-credit-bank', at } }))
      .body.order;

    const made = [
      ['会员号', '卡号', '备 注'],
      ['m0', PANS[0], ''],
      ['m1', MISTYPED, ''],
      ['m2', PANS[2], ''],
      ['m1', PANS[0], ''],
    ];
    const workbook = await writeXlsx([{ name: '制卡', widths: [8, 24, 8], rows: made }]);
    expect((await step(unit, 'ready', [{ member: 'm0' }])).status, 'only a bank knows numbers').toBe(403);
    expect(await twice(bank, 'ready', workbook, XLSX)).toEqual([
      [2, 'created'],
      [3, 'row-invalid'],
      [4, 'card-order-none'],
      [5, 'card-number-taken'],
    ]);
    expect(
      codesOf(
        await step(bank, 'ready', [
          { member: 'm1', pan: PANS[1] },
          { order, pan: PANS[2] },
        ]),
      ),
    ).toEqual([
      [1, 'created'],
      [2, 'card-order-unknown'],
    ]);
    const shown = (index: number) => ({
      identityNumber: IDENTITIES[index],
      name: '王芳',
      lastDigits: PANS[index]!.slice(-4),
    });
    expect(
      await twice(unit, 'collection', [
        { member: 'm0', ...shown(0) },
        { member: 'm1', ...shown(1), name: '李芳' },
        { member: 'm2', ...shown(1) },
      ]),
    ).toEqual([
      [1, 'created'],
      [2, 'collection-mismatch'],
      [3, 'card-order-none'],
    ]);
    expect(await twice(unit, 'check', 'member,卡号后四位\nm0,0231\nm1,0314\n', 'text/csv')).toEqual([
      [2, 'created'],
      [3, 'card-step-not-allowed'],
    ]);
    expect(await twice(unit, 'activation', [{ member: 'm0' }])).toEqual([[1, 'created']]);
    expect((await call('POST', '/v1/cards/lookup', { body: { pan: PANS[0] } })).body.token).toMatch(/^[0-9a-f]{64}$/);
    const { orders } = (await call('GET', '/v1/card-orders?member=m0')).body;
    expect(orders).toMatchObject([{ state: 'activated', cardMask: '622800*********0231' }]);
    const { events } = (await call('GET', `/v1/card-orders/${orders[0].order}`)).body;
    expect(events.map(({ step: each }: { step: string }) => each)).toEqual([
      ...['order', 'personalize', 'ready', 'collect', 'check', 'activate'],
    ]);

    // What is no list is refused as a whole; what a row says is told by nobody.
    const refused = async (body: unknown, type?: string) => (await step(bank, 'ready', body, type)).body.code;
    expect(await refused('卡号\n1\n', 'text/csv')).toBe('headings-missing');
    expect(await refused('member,card,卡号\n', 'text/csv')).toBe('column-doubled');
    expect(await refused('member\n', 'text/csv')).toBe('rows-missing');
    expect(await refused(Buffer.from('PK'), XLSX)).toBe('file-not-readable');
    expect(await refused('[]')).toBe('request-invalid');
    expect(await refused(JSON.stringify(Array(501).fill({ member: 'm0' })))).toBe('request-invalid');
    const odd = codesOf(await step(bank, 'ready', JSON.stringify([null, 7, {}, { member: 'm0', [PANS[0]]: 1 }])));
    expect(odd).toEqual([1, 2, 3, 4].map((row) => [row, 'row-invalid']));

    // The command sends the same, in parts, and tells lines.
    const file = fileOf(`会员号,卡号\nm0,${PANS[0]}\n\nm1,${MISTYPED}\n`);
    const bulk = { bulk: 'ready', columns: ['member', 'pan'] } as const;
    const taken = await takeStepsInBulk({ post: gateway.url, key: gateway.key }, bulk, await readStepsFile(file, []));
    expect(taken).toMatchObject([
      { line: 2, member: 'm0', result: 'refused', code: 'card-step-not-allowed' },
      { line: 4, member: 'm1', result: 'refused', code: 'row-invalid', fields: ['pan'] },
    ]);
    const told = JSON.stringify(taken) + gateway.log();
    for (const number of [...PANS, MISTYPED, ...IDENTITIES]) expect(told).not.toContain(number);
  });
});

it('a file without the columns that are needed, or whose quotation marks do not pair, is refused without a word of it', async () => {
  const said = (text: string) => readStepsFile(fileOf(text), ['lastDigits']).then(String, String);
  expect(await said(`卡号\n${PANS[0]}\n`)).toContain('no line at the beginning names the column member or order');
  expect(await said(`member,卡号\nA1,${PANS[0]}\n`)).toContain('there is no column lastDigits');
  const unpaired = await said(`member,卡号后四位\n"A1,${PANS[0]}\n`);
  expect(unpaired).toContain('quotation marks do not pair');
  expect(unpaired).not.toContain(PANS[0]);
});
