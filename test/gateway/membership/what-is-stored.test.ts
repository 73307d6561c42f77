import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { type GatewayDatabase, openDatabase } from '../../../src/gateway/storage/index.js';
import { eachEngine } from '../storage/each-engine.js';
import { allRows, importAt, mobiles, pans } from './import-fixture.js';

const ADDRESS = '江东区中山东路 1 号';
const IDENTITY_NUMBER = '330203198001010019';
const NAME = '王芳';
const SECRETS = [...Object.values(pans), mobiles.wang, ADDRESS, IDENTITY_NUMBER];

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function importAll(database: GatewayDatabase, unit?: string) {
  const cards = Object.values(pans).map((pan) => ({ pan, generation: 'pboc3' }));
  const secrets = { mobile: mobiles.wang, address: ADDRESS, identityNumber: IDENTITY_NUMBER };
  const text = JSON.stringify([{ member: 'NB-0001', name: NAME, unit, ...secrets, cards }]);
  return importAt(database, { format: 'json', text });
}

it('keeps no card number and no mobile number in the bytes of its files, while open and when closed', async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'yongtap-membership-'));
  folders.push(dataFolder);
  const database = await openDatabase({ dataFolder });
  const bytes = () => Buffer.concat(readdirSync(dataFolder).map((file) => readFileSync(join(dataFolder, file))));
  await importAll(database);
  await importAll(database, '宁波港');
  const open = bytes();
  await database.close();
  for (const content of [open, bytes()]) {
    // What is kept in clear is found: the search would find the rest.
    expect(content.includes(NAME)).toBe(true);
    for (const secret of SECRETS) expect(content.includes(secret), secret).toBe(false);
  }
});

eachEngine('the membership', (engine) => {
  it('has no row with a card number or with personal data in clear', async () => {
    const database = await engine.open();
    await importAll(database);
    const rows = JSON.stringify(await allRows(database.kysely));
    expect(rows).toContain(NAME);
    for (const secret of SECRETS) expect(rows, secret).not.toContain(secret);
  });
});
