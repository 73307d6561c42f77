import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import {
  createCardFile,
  createTestPki,
  type DurableCard,
  issueCard,
  loadProfile,
  openCardFile,
} from '../../../simulator/index.js';
import { createLogger, startGateway } from '../../gateway/index.js';
import { trustedKeys } from '../trusted-keys.js';
import { version } from '../version.js';
import { createGatewayClient, type GatewayClient } from './gateway-client.js';
import type { Morning } from './morning.js';

/** All that the demo needs of Ningbo: the riders' cards in files, and a gateway that knows the members. */
export interface Town {
  readonly cards: ReadonlyMap<string, DurableCard>;
  readonly gateway: GatewayClient;
  /** The gateway's clock; the demo moves it. */
  setClock(instant: string): void;
  close(): Promise<void>;
}

export async function buildTown({ riders, serviceDay }: Morning, folder: string): Promise<Town> {
  const cards = issueCards(riders, folder);
  let now = new Date(`${serviceDay}T07:00:00+08:00`);
  const gateway = await startGateway({
    dataFolder: join(folder, 'gateway'),
    port: 0,
    clock: () => now,
    random: randomBytes,
    caKeys: trustedKeys({ testCards: true }),
    logger: createLogger(process.stderr, 'silent'),
    version,
  });
  const client = createGatewayClient(gateway.url, gateway.administratorKey ?? '');
  await registerMembers(client, riders, cards);
  return {
    cards,
    gateway: client,
    setClock: (instant) => {
      now = new Date(instant);
    },
    async close() {
      await gateway.close();
      for (const card of cards.values()) card.close();
    },
  };
}

function issueCards(riders: Morning['riders'], folder: string): Map<string, DurableCard> {
  const pki = createTestPki();
  return new Map(
    Object.entries(riders).map(([id, { profile }]) => {
      const path = join(folder, `${id}.json`);
      createCardFile(path, issueCard(loadProfile(profile), pki));
      return [id, openCardFile(path, { random: randomBytes })];
    }),
  );
}

const EXCHANGE_BEGAN = '2015-08-26T09:00:00+08:00';

async function registerMembers(
  gateway: GatewayClient,
  riders: Morning['riders'],
  cards: ReadonlyMap<string, DurableCard>,
): Promise<void> {
  const members = Object.entries(riders).flatMap(([id, { name, certifications, lostFrom, profile }]) => {
    const pan = cards.get(id)?.inspect().applications[0]?.pan;
    if (certifications === undefined || pan === undefined) return [];
    const states = [
      { state: 'active', from: EXCHANGE_BEGAN },
      ...(lostFrom === undefined ? [] : [{ state: 'lost', from: lostFrom }]),
    ];
    const generation = profile === 'old-card-pboc2' ? 'pboc2' : 'pboc3';
    return [{ member: id, name, certifications, cards: [{ pan, generation, states }] }];
  });
  const { status, body } = await gateway.post('/v1/members/import', members);
  if (status !== 200) throw new Error(`the members were not taken: ${JSON.stringify(body)}`);
}
