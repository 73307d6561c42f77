import { expect, it } from 'vitest';
import { writeXlsx, XLSX } from '../../../src/gateway/sheets/index.js';
import { eachEngine } from '../storage/each-engine.js';
import { CARD, openTown, type Town, zhang } from './town.js';

interface Row {
  readonly row: number;
  readonly member?: string;
  readonly result: string;
  readonly code?: string;
  readonly fields?: readonly string[];
}

const person = (serial: number, more: object = {}) => ({
  member: `33020010${serial}`,
  name: `会员${serial}`,
  unit: '海曙小学',
  unitId: 'h-012',
  sex: 'female',
  mobile: `139005750${String(serial).padStart(2, '0')}`,
  address: `宁波市海曙区中山路${serial}号`,
  ...more,
});

async function openUnits(town: Town) {
  const units = [
    { unit: 'ningbo', name: '宁波市总工会', level: 'city' },
    { unit: 'haishu', name: '海曙区总工会', level: 'district', parent: 'ningbo' },
    { unit: 'h-012', name: '海曙小学工会', level: 'grass-roots', parent: 'haishu' },
    { unit: 'h-013', name: '海曙医院工会', level: 'grass-roots', parent: 'haishu' },
  ];
  for (const unit of units) expect((await town.call('POST', '/v1/units', { body: unit })).status).toBe(201);
}

eachEngine('officers', (engine) => {
  it('certify row by row: good rows are done, bad ones told why, and the same again changes nothing', async () => {
    const town = await openTown({ location: await engine.newLocation() });
    await openUnits(town);
    for (const serial of [10, 11, 12]) await town.call('POST', '/v1/members', { body: person(serial) });
    await town.call('POST', '/v1/members', { body: person(13, { address: undefined }) });
    const left = { left: '2016-02-01T00:00:00+08:00' };
    await town.call('POST', '/v1/members', { body: person(14, left) });
    const body = [
      '\uFEFF会员号,姓名,性别,手机号码,家庭住址',
      '3302001010,,,,',
      '3302001011,会员11,女,13900575999,',
      '3302001012,,中,12,',
      '3302001013,,,,',
      '3302001014,,,,',
      '3302009999,,,,',
      '3302001010,,,,',
      '',
    ].join('\r\n');
    const send = () => town.call('POST', '/v1/certifications/officer/file', { type: 'text/csv', body });
    const { status, body: answer } = await send();
    expect(status).toBe(200);
    expect(answer.counts).toEqual({ certified: 2, corrected: 0, unchanged: 0, refused: 5 });
    expect(answer.rows.map(({ row, result, code, fields }: Row) => [row, code ?? result, fields])).toEqual([
      [2, 'certified', undefined],
      [3, 'certified', undefined],
      [4, 'row-invalid', ['sex', 'mobile']],
      [5, 'field-missing', ['address']],
      [6, 'member-left', undefined],
      [7, 'member-unknown', undefined],
      [8, 'member-twice', undefined],
    ]);
    expect((await send()).body.counts).toEqual({ certified: 0, corrected: 0, unchanged: 2, refused: 5 });
    const { confirmations } = (await town.call('GET', '/v1/members/3302001011/confirmations?reveal=true')).body;
    expect(confirmations.at(-1)).toMatchObject({
      by: 'officer',
      actor: expect.stringMatching(/^key:/),
      changed: ['mobile'],
      before: { mobile: '13900575011' },
    });
    const written = [
      ['海曙小学工会 2016 年认证名单', '', ''],
      ['会员号', '性别', '手机号码（本人）'],
      ['3302001010', '', ''],
      ['', '', ''],
      ['3302001011', '女', '13900575998'],
      ['3302001012', '中', ''],
    ];
    const sheet = await writeXlsx([{ name: '名单', widths: [16, 8, 16], rows: written }]);
    const workbook = await town.call('POST', '/v1/certifications/officer/file', { type: XLSX, body: sheet });
    expect(workbook.body.rows).toMatchObject([
      { row: 3, result: 'unchanged' },
      { row: 5, result: 'corrected', changed: ['mobile'] },
      { row: 6, code: 'row-invalid', fields: ['sex'] },
    ]);
    const wrong = await town.call('POST', '/v1/certifications/officer/file', { type: 'text/csv', body: 'who\n1\n' });
    expect(wrong).toMatchObject({ status: 400, body: { code: 'members-invalid' } });
    expect(town.log()).not.toMatch(/139005750|中山路/);
  });

  it('see how far each unit is, whom to remind, and remind each once in a period', async () => {
    const town = await openTown({ location: await engine.newLocation() });
    await openUnits(town);
    for (const serial of [10, 11, 12]) await town.call('POST', '/v1/members', { body: person(serial) });
    await town.call('POST', '/v1/members', { body: person(13, { unitId: 'h-013', mobile: undefined }) });
    await town.call('POST', '/v1/members', {
      body: person(14, { unitId: 'h-013', left: '2016-02-01T00:00:00+08:00' }),
    });
    await town.call('POST', '/v1/members', { body: { member: '9', name: '无单位', mobile: '13900575090' } });
    const members = [{ member: '3302001010' }, { member: '3302001011' }];
    await town.call('POST', '/v1/certifications/officer', { body: { members } });
    const withdrawal = { member: '3302001011', year: 2016, at: '2016-03-01T09:00:01+08:00' };
    town.pass(2);
    await town.call('POST', '/v1/certifications/withdrawals', { body: withdrawal });
    const progress = async (query = '') => (await town.call('GET', `/v1/certifications/progress${query}`)).body;
    const first = await progress();
    expect(first.total).toEqual({ members: 5, certified: 1, due: 0, lapsed: 4 });
    expect(first.units.map(({ unit, certified, lapsed }: never) => [unit, certified, lapsed])).toEqual([
      ['ningbo', 1, 3],
      ['haishu', 1, 3],
      ['h-012', 1, 2],
      ['h-013', 0, 1],
    ]);
    expect((await progress('?unit=h-012')).units).toMatchObject([{ unit: 'h-012', members: 3 }]);
    await town.call('POST', '/v1/certifications/officer', { body: { members: [{ member: '3302001012' }] } });
    expect((await progress()).total.certified).toBe(1);
    expect((await progress('?fresh=true')).total.certified).toBe(2);
    // Before a year has begun nobody has lost anything.
    expect((await progress('?year=2017')).total).toEqual({ members: 5, certified: 0, due: 5, lapsed: 0 });
    const due = await town.call('GET', '/v1/certifications/due?limit=2');
    expect(due.body).toMatchObject({
      members: [{ member: '3302001011', state: 'lapsed', mobile: '139****5011' }, { member: '3302001013' }],
      next: 'member.3302001013',
    });
    const csv = await town.call('GET', '/v1/certifications/due?format=csv&reveal=true');
    expect(csv.body).toBe(
      'member,name,unit,unitId,state,mobile\r\n3302001011,会员11,海曙小学,h-012,lapsed,13900575011\r\n3302001013,会员13,海曙小学,h-013,lapsed,\r\n9,无单位,,,lapsed,13900575090\r\n',
    );
    const remind = (body: object) => town.call('POST', '/v1/certifications/reminders', { body });
    const both = await Promise.all([remind({ limit: 2 }), remind({})]);
    expect(both.reduce((sum, { body }) => sum + body.sent, 0)).toBeLessThanOrEqual(2);
    expect((await remind({})).body).toMatchObject({ period: '2016-03', withoutMobile: 1 });
    const messages = (await town.call('GET', '/v1/messages?template=certification-lapsed')).body.messages;
    expect(messages.map(({ member }: { member: string }) => member).sort()).toEqual(['3302001011', '9']);
    expect((await remind({ period: '2016-04' })).body.sent).toBe(2);
  });

  it('certify from an instant on: the tap at it has the discount, the one before has not, and gate, receipt and page say so alike', async () => {
    const { cardInPocket } = await import('../support/card-in-pocket.js');
    const town = await openTown({ location: await engine.newLocation(), start: '2016-03-01T12:00:00+08:00' });
    await town.call('POST', '/v1/members', { body: zhang });
    const card = cardInPocket('service-card-51', { pan: CARD });
    const bus = async (at: string) => {
      const record = await card.tapAt('bus-validator', { at, place: { line: '2', region: 'urban' } });
      return (await town.call('POST', '/v1/taps', { body: record })).body;
    };
    town.pass(-60);
    const at = '2016-03-01T11:59:00+08:00';
    const before = await bus('2016-03-01T11:58:59+08:00');
    await town.call('POST', '/v1/certifications/officer', { body: { members: [{ member: zhang.member }] } });
    const after = await bus(at);
    expect(before.receipt.journey.discountFen).toBe(0);
    expect(after.receipt.journey.discountFen).toBeGreaterThan(0);
    const { body: page } = await town.call(
      'GET',
      `/v1/members/${zhang.member}/page?at=${encodeURIComponent('2016-03-01T11:58:59+08:00')}`,
    );
    const lost = page.campaigns.find(({ service }: { service: string }) => service === 'bus');
    const step = before.receipt.journey.steps.find(({ campaign }: { campaign: string }) => campaign === lost.campaign);
    expect(lost).toMatchObject({ has: false, text: step.text, textZh: step.textZh });
    expect(step.text).toContain(page.text);
    expect(step.textZh).toContain(page.textZh);
    // What the gate's screen prints of the gateway's answer.
    const { printReceipt } = await import('../../../src/cli/receipt/print-receipt.js');
    const { coloursFor } = await import('../../../src/cli/colours.js');
    expect(printReceipt(before, coloursFor({}), 'zh').join('\n')).toContain(lost.textZh);
    const { journeys } = (await town.call('GET', '/v1/journeys')).body;
    expect(JSON.stringify(journeys)).toContain(lost.text);
  });
});

it('tell who enters the metro uncertified why and what that loses, as page, price and receipt of the exit say it', async () => {
  const { cardInPocket } = await import('../support/card-in-pocket.js');
  const { printReceipt } = await import('../../../src/cli/receipt/print-receipt.js');
  const { coloursFor } = await import('../../../src/cli/colours.js');
  const town = await openTown({ start: '2016-03-01T12:00:00+08:00' });
  await town.call('POST', '/v1/members', { body: zhang });
  const card = cardInPocket('service-card-51', { pan: CARD });
  const gate = (event: 'entry' | 'exit', station: string, at: string) =>
    card.tapAt('metro-gate', { event, at, place: { line: '1', station } });
  const post = async (body: unknown) => (await town.call('POST', '/v1/taps', { body })).body;
  const pageAt = async (at: string) =>
    (await town.call('GET', `/v1/members/${zhang.member}/page?at=${encodeURIComponent(at)}`)).body;
  const at = '2016-03-01T11:20:00+08:00';
  const entering = await gate('entry', '鼓楼', at);
  const entry = await post(entering);
  const page = await pageAt(at);
  const { text, textZh } = page.campaigns.find(({ service }: { service: string }) => service === 'metro');
  const { entitled, reason, year } = page;
  const words = { at, year, entitled, reason, text: page.text, textZh: page.textZh };
  expect(reason).toBe('not-certified');
  expect(entry.receipt.membership).toEqual({ ...words, lost: [{ campaign: 'metro-2016', text, textZh }] });
  for (const [language, why, what] of [['en', page.text, text] as const, ['zh', page.textZh, textZh] as const]) {
    const printed = printReceipt(entry, coloursFor({}), language).join('\n');
    expect(printed).toContain(why);
    expect(printed).toContain(what);
  }
  // Certified under way: the price goes by the gate at which the ride began, and so do its words.
  await town.call('POST', '/v1/certifications/officer', { body: { members: [{ member: zhang.member }] } });
  const exit = await post(await gate('exit', '世纪大道', '2016-03-01T12:00:00+08:00'));
  expect(exit.receipt.membership).toEqual(words);
  expect(exit.receipt.journey.steps).toContainEqual(expect.objectContaining({ rule: reason, text, textZh }));
  expect(await post(entering)).toEqual({ ...entry, result: 'exists' });
  const next = await post(await gate('entry', '鼓楼', '2016-03-01T12:00:30+08:00'));
  expect(next.receipt.membership).toMatchObject({ entitled: true, text: (await pageAt(next.receipt.at)).text });
  expect(next.receipt.membership.lost).toBeUndefined();
});
