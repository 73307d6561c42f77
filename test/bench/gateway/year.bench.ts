import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, bench, describe } from 'vitest';
import { openDatabase } from '../../../src/gateway/storage/index.js';
import type { TapRecord } from '../../../src/tap/index.js';
import { intakeOver } from '../../gateway/intake/intake-fixture.js';
import { cardInPocket } from '../../gateway/support/card-in-pocket.js';

const RIDES_OF_A_YEAR = 800;
const ROUNDS = 150;
const MINUTES_APART = 600;

const firstMs = Date.parse('2015-09-01T08:00:00+08:00');

/** Rides of one card, two a day. */
async function rides(pan: string, count: number): Promise<TapRecord[]> {
  const card = cardInPocket('service-card-51', { pan });
  const taps: TapRecord[] = [];
  for (let ride = 0; ride < count; ride++) {
    const at = new Date(firstMs + ride * MINUTES_APART * 60_000).toISOString();
    taps.push({ ...(await card.tapAt('bus-validator', { at, amountFen: 100 })), terminal: `bus-of-${pan.slice(-4)}` });
  }
  return taps;
}

const folder = mkdtempSync(join(tmpdir(), 'yongtap-bench-'));
const database = await openDatabase({ dataFolder: folder });
const intake = intakeOver(database, { now: '2017-01-01T12:00:00+08:00' });
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

const oldCard = await rides('6228000100000000017', RIDES_OF_A_YEAR + ROUNDS);
const newCard = await rides('6228000100000000124', ROUNDS);
await intake.acceptBatch(oldCard.splice(0, RIDES_OF_A_YEAR));

async function accept(tap: TapRecord): Promise<void> {
  const { result, code } = await intake.accept(tap);
  if (result !== 'created') throw new Error(`a ride was not taken: ${code}`);
}

const once = { iterations: ROUNDS - 1, time: 0, warmupIterations: 1, warmupTime: 0 };

describe('the next tap of a card', () => {
  bench(
    'that is new',
    async () => {
      await accept(newCard.shift()!);
    },
    once,
  );
  bench(
    `that has ridden ${RIDES_OF_A_YEAR} times`,
    async () => {
      await accept(oldCard.shift()!);
    },
    once,
  );
});
