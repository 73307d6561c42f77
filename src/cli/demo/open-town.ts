import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import {
  createCardFile,
  createTestPki,
  type DurableCard,
  type IssueOptions,
  issueCard,
  loadProfile,
  openCardFile,
} from '../../../simulator/index.js';
import { createLogger, startGateway } from '../../gateway/index.js';
import { trustedKeys } from '../trusted-keys.js';
import { version } from '../version.js';
import { createGatewayClient, type GatewayClient } from './gateway-client.js';

/** The riders' cards in files, and a gateway of its own that goes by a clock which is moved. */
export interface Town {
  readonly cards: ReadonlyMap<string, DurableCard>;
  readonly gateway: GatewayClient;
  now(): Date;
  setClock(instant: string): void;
  /** The number of the card of `rider`: a test number. Empty where there is none. */
  panOf(rider: string): string;
  close(): Promise<void>;
}

/** Of which profile a rider's card is, and how it differs from it. */
export type TownCard = { readonly profile: string } & IssueOptions;

/** Issues the cards by rider and starts the gateway, all in a folder; the clock stands at `begins`. */
export async function openTown(
  folder: string,
  begins: string,
  riders: Readonly<Record<string, TownCard>>,
): Promise<Town> {
  const cards = issueCards(riders, folder);
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
    setClock(instant) {
      now = new Date(instant);
    },
    panOf: (rider) => cards.get(rider)?.inspect().applications[0]?.pan ?? '',
    async close() {
      await gateway.close();
      for (const card of cards.values()) card.close();
    },
  };
}

function issueCards(riders: Readonly<Record<string, TownCard>>, folder: string): Map<string, DurableCard> {
  const pki = createTestPki();
  return new Map(
    Object.entries(riders).map(([rider, { profile, ...options }]) => {
      const path = join(folder, `${rider}.json`);
      createCardFile(path, issueCard(loadProfile(profile), pki, options));
      return [rider, openCardFile(path, { random: randomBytes })];
    }),
  );
}
