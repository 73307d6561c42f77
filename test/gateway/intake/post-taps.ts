import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { createCertificationAuthorityKeyStore } from '../../../emv/keys/index.js';
import { loadCampaigns, loadTariff } from '../../../src/gateway/fares/index.js';
import { createIntake } from '../../../src/gateway/intake/index.js';
import { openDatabase } from '../../../src/gateway/storage/index.js';

/** A gateway process without HTTP: accepts the taps of a file and says what each was answered, one line each. */
const { location, keys, tokenKey, taps } = JSON.parse(readFileSync(process.argv[2]!, 'utf8'));
const database = await openDatabase(location);
const intake = createIntake({
  database,
  caKeys: createCertificationAuthorityKeyStore(keys),
  tokenKey: Buffer.from(tokenKey, 'hex'),
  tariff: loadTariff('ningbo-2015'),
  campaigns: loadCampaigns('ningbo-2015'),
  clock: () => new Date('2015-10-06T12:00:00+08:00'),
  readFareCards: async () => new Map(),
});
console.log('ready');
const lines = createInterface(process.stdin);
await once(lines, 'line');
await Promise.all(
  (taps as unknown[]).map(async (tap, index) => {
    const { result, id, receipt } = await intake.accept(tap as never);
    console.log(JSON.stringify({ index, result, id, receipt }));
  }),
);
await database.close();
lines.close();
