import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readStepsFile } from '../../../src/cli/members/cards/read-steps-file.js';
import { takeSteps } from '../../../src/cli/members/cards/take-steps.js';
import { temporaryFolder } from '../../cli/support/yongtap.js';
import { openGateway } from '../http/gateway-under-test.js';

const MADE = '6228000100000000231';
const MISTYPED = '6228000100000000232';
const folder = temporaryFolder();

function fileOf(text: string): string {
  const file = join(folder, 'cards.csv');
  writeFileSync(file, text);
  return file;
}

test('a bad row of the bank’s file stops none of the others, the same file again changes nothing, no number is told', async () => {
  const gateway = await openGateway({ now: () => new Date('2015-10-26T09:00:00+08:00') });
  const post = (path: string, body: object) => gateway.call('POST', path, { body });
  for (const member of ['A1', 'A2', 'A3']) await post('/v1/members', { member, name: '王芳' });
  const at = '2015-10-08T09:00:00+08:00';
  for (const member of ['A1', 'A2']) await post('/v1/card-orders', { member, at });
  const file = fileOf(`会员号,卡号\nA1,${MADE}\nA2,${MISTYPED}\nA3,${MADE}\n`);
  const rows = await readStepsFile(file, []);
  const ready = { path: 'ready', steps: ['personalize', 'ready'], bodyOf: ({ pan }: { pan?: string }) => ({ pan }) };
  const take = () => takeSteps({ post: gateway.url, key: gateway.key }, ready, rows);
  const taken = await take();
  expect(taken).toMatchObject([
    { line: 2, result: 'created', order: { member: 'A1', state: 'ready', cardMask: '622800*********0231' } },
    { line: 3, member: 'A2', result: 'refused', code: 'request-invalid' },
    { line: 4, member: 'A3', result: 'refused', code: 'card-order-none' },
  ]);
  expect((await take())[0]).toMatchObject({ result: 'exists', order: { state: 'ready' } });
  const told = JSON.stringify(taken) + gateway.log();
  for (const number of [MADE, MISTYPED]) expect(told).not.toContain(number);
});

test('a file without the columns that are needed, or whose quotation marks do not pair, is refused without a word of it', async () => {
  const said = (text: string) => readStepsFile(fileOf(text), ['lastDigits']).then(String, String);
  expect(await said(`卡号\n${MADE}\n`)).toContain('no column member or 会员号, lastDigits or 卡号后四位');
  const unpaired = await said(`member,卡号后四位\n"A1,${MADE}\n`);
  expect(unpaired).toContain('quotation marks do not pair');
  expect(unpaired).not.toContain(MADE);
});
