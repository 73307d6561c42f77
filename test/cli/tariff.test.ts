import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { coloursFor } from '../../src/cli/colours.js';
import { journeyOf } from '../../src/cli/tariff/journey-of-options.js';
import { printDiff } from '../../src/cli/tariff/print-diff.js';
import { printFindings } from '../../src/cli/tariff/print-findings.js';
import { printPriced } from '../../src/cli/tariff/print-priced.js';
import { readTaps } from '../../src/cli/tariff/read-taps.js';
import { loadTariff, priceCard, unknownCard } from '../../src/gateway/fares/index.js';
import { campaigns2015, ningbo } from '../gateway/fares/price-taps.js';
import { temporaryFolder, yongtap } from './support/yongtap.js';

const folder = temporaryFolder();
const plain = coloursFor({ isTTY: false });

test('check tells what is wrong with exit code 1, and as JSON', async () => {
  const file = join(folder, 'wrong.yaml');
  writeFileSync(file, 'id: mine\nname: Mine\nbus:\n  fareFen: "2"\n');
  const { code, stdout } = await yongtap(['tariff', 'check', file, '--json'], { cwd: folder });
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    ok: false,
    findings: [{ file, line: 4, column: 12, place: 'bus.fareFen' }],
  });
});

test('check takes ids of the box, by themselves and beside a file of one’s own whose days they share', async () => {
  const box = await yongtap(['tariff', 'check', 'ningbo', 'ningbo-seniors', '--json'], { cwd: folder });
  expect(box.code).toBe(0);
  expect(JSON.parse(box.stdout).files).toEqual([
    { file: 'ningbo-2014', kind: 'tariff' },
    { file: 'ningbo-2015', kind: 'tariff' },
    { file: 'ningbo-2016', kind: 'tariff' },
    { file: 'ningbo-seniors', kind: 'campaigns' },
  ]);
  writeFileSync(join(folder, 'mine.yaml'), 'basedOn: ningbo-2016\nid: mine\nname: Mine\n');
  const beside = await yongtap(['tariff', 'check', 'mine.yaml', 'ningbo-2016'], { cwd: folder });
  expect([beside.code, beside.stdout]).toEqual([1, expect.stringContaining('mine')]);
});

test('campaigns of the box are compared though tariffs have the same ids', async () => {
  const diff = ['tariff', 'diff', 'ningbo-2015', 'ningbo-2016', '--json'];
  const fieldsOf = async (...options: string[]) =>
    JSON.parse((await yongtap([...diff, ...options], { cwd: folder })).stdout).fields.map(
      ({ place }: { place: string }) => place.split(/[.[]/)[0],
    );
  expect(await fieldsOf('--campaigns')).toContain('campaigns');
  expect(await fieldsOf()).not.toContain('campaigns');
});

test('a journey of options is priced as a table', async () => {
  const { card = unknownCard, taps } = await journeyOf({
    service: 'metro',
    place: 'station=高桥西',
    to: 'station=鄞州大道',
    member: true,
  });
  const priced = priceCard({ tariff: ningbo, campaigns: campaigns2015, card, taps, isClosed: () => true });
  const lines = printPriced(priced, taps, plain, 'en');
  expect(lines[0]).toBe('metro 2015-10-13 complete, ningbo-2015');
  expect(lines.find((line) => line.includes('to pay'))).toMatch(/ 4\.80$/);
  expect(lines.find((line) => line.includes('pays 80%'))).toMatch(/−1\.20$/);
  await expect(journeyOf({ service: 'boat' })).rejects.toMatchObject({ code: 'journey-missing', exitCode: 2 });
});

test('a file of taps is a list, or a card with its taps; a wrong one is told by its field', async () => {
  const file = join(folder, 'taps.yaml');
  const tap = '{ service: bus, event: single, place: { line: "10" }, at: "2015-10-13T08:00:00+08:00" }';
  writeFileSync(file, `- ${tap}\n`);
  expect((await readTaps(file)).taps).toMatchObject([{ id: '000001', amountFen: 0 }]);
  writeFileSync(file, `card: { member: true }\ntaps:\n  - ${tap}\n`);
  expect(await readTaps(file)).toMatchObject({ card: { member: true }, taps: [{ service: 'bus' }] });
  writeFileSync(file, '- { service: boat }\n');
  await expect(readTaps(file)).rejects.toMatchObject({ code: 'taps-invalid' });
});

test('findings and differences are said in words', () => {
  const finding = {
    file: 'a.yaml',
    level: 'error',
    code: 'tariff-invalid',
    line: 4,
    column: 2,
    place: 'bus',
    message: 'no',
  } as const;
  expect(printFindings(1, [finding], plain)).toEqual([
    'a.yaml:4:2: error: bus: no [tariff-invalid]',
    '1 file, 1 wrong, 0 hardly meant',
  ]);
  const fields = [{ place: 'bus.fareFen', before: 200, after: 300 }];
  const prices = [{ title: 'bus', beforeFen: 200, afterFen: 300 }];
  expect(printDiff(fields, prices, plain)).toEqual([
    '  bus.fareFen (fare): 2.00 yuan → 3.00 yuan',
    '',
    '1 sample journeys cost another price:',
    '  2.00 yuan → 3.00 yuan  bus',
  ]);
  expect(printDiff([], [], plain)).toEqual(['no rider would notice a difference']);
  expect(loadTariff('ningbo-2015').id).toBe('ningbo-2015');
});
