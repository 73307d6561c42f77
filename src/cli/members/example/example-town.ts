import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import {
  createCardFile,
  createTestPki,
  type DurableCard,
  issueCard,
  loadProfile,
  openCardFile,
  testPan,
} from '../../../../simulator/index.js';
import { createLogger, startGateway } from '../../../gateway/index.js';
import { createGatewayClient } from '../../demo/gateway-client.js';
import type { Town } from '../../demo/town.js';
import { trustedKeys } from '../../trusted-keys.js';
import { version } from '../../version.js';

/** The gateway of the example with the clock that it plays by, and the software card that rides. */
export interface ExampleTown extends Town {
  now(): Date;
  /** The number of the card of `rider`: a test number. */
  panOf(rider: string): string;
}

const OLD_PAN = '6228000100000000033';

/** The cards in the example, and what they are made of; that of the exchange has the number of the old one. */
const CARDS = {
  rider: { profile: 'service-card-51' },
  loser: { profile: 'service-card-51-rural-credit' },
  old: { profile: 'old-card-pboc2', pan: OLD_PAN },
  exchanged: { profile: 'service-card-51', pan: OLD_PAN, seed: 'exchanged' },
  replacement: { profile: 'service-card-51-rural-credit', pan: testPan('rural-credit', 9_000), seed: 'replacement' },
};

export async function buildExampleTown(folder: string, begins: string): Promise<ExampleTown> {
  const pki = createTestPki();
  const cards = new Map<string, DurableCard>(
    Object.entries(CARDS).map(([rider, { profile, ...options }]) => {
      const path = join(folder, `${rider}.json`);
      createCardFile(path, issueCard(loadProfile(profile), pki, options));
      return [rider, openCardFile(path, { random: randomBytes })];
    }),
  );
  let now = new Date(begins);
  const gateway = await startGateway({
    dataFolder: join(folder, 'gateway'),
    port: 0,
    clock: () => now,
    random: randomBytes,
    caKeys: trustedKeys({ testCards: true }),
    logger: createLogger(process.stderr, 'silent'),
    version,
  });
  return {
    cards,
    gateway: createGatewayClient(gateway.url, gateway.administratorKey ?? ''),
    now: () => now,
    panOf: (rider) => cards.get(rider)?.inspect().applications[0]?.pan ?? '',
    setClock(instant) {
      now = new Date(instant);
    },
    async close() {
      await gateway.close();
      for (const card of cards.values()) card.close();
    },
  };
}
