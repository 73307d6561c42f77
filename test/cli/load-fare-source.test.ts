import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadFareSource } from '../../src/cli/gateway/load-fare-source.js';
import { loadTariff } from '../../src/gateway/index.js';
import { temporaryFolder } from './support/yongtap.js';

const folder = temporaryFolder();

function fileOf(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

test('what has no ending of a file is an id of the box', async () => {
  expect(await loadFareSource('ningbo-2015', 'tariff')).toBe('ningbo-2015');
});

test.each(['mine.yaml', 'mine.yml', 'mine.json'])('%s is read and checked', async (name) => {
  const file = fileOf(name, '{"id": "mine", "name": "Mine", "bus": {"fareFen": 150}}');
  expect(loadTariff(await loadFareSource(file, 'tariff'))).toMatchObject({ id: 'mine', bus: { fareFen: 150 } });
});

test('a wrong file is wrong input, told with its name, line and field', async () => {
  const file = fileOf('wrong.yaml', 'id: mine\ncampaigns:\n  - id: half\n');
  const loading = loadFareSource(file, 'campaigns');
  await expect(loading).rejects.toThrow(`${file}, line 3, campaigns.0.benefit: this is required`);
  await expect(loading).rejects.toMatchObject({ name: 'CommandError', code: 'campaigns-invalid', exitCode: 2 });
});

test.each([
  ['membershipPolicy', 'membership/data/policy-ningbo.yaml'],
  ['cardPolicy', 'cards/data/card-policy-ningbo.yaml'],
  ['collectionPolicy', 'collection/data/collection-ningbo.yaml'],
  ['loanPolicy', 'benefits/loans/data/policy-ningbo.yaml'],
  ['benefitLists', 'benefits/lists/data/lists-ningbo.yaml'],
] as const)('%s is an id of the box, or a file of its own', async (source, boxed) => {
  expect(await loadFareSource('ningbo', source)).toBe('ningbo');
  const text = readFileSync(join('src/gateway', boxed), 'utf8');
  expect(await loadFareSource(fileOf(`${source}.yaml`, text), source)).toMatchObject({ id: expect.any(String) });
  const loading = loadFareSource(fileOf(`${source}-wrong.yaml`, `${text}\nnoSuchThing: 1\n`), source);
  await expect(loading).rejects.toMatchObject({ name: 'CommandError', code: 'policy-invalid' });
});

test('a file that is not there is told by its name', async () => {
  const loading = loadFareSource(join(folder, 'none.yaml'), 'tariff');
  await expect(loading).rejects.toThrow('none.yaml: there is no such file');
  await expect(loading).rejects.toMatchObject({ code: 'file-unreadable', exitCode: 2 });
});
