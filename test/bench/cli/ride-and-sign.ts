import { constants, generateKeyPairSync, privateEncrypt } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import type { FleetPlan } from '../../../src/cli/fleet/plan/fleet-plan.js';
import { itemLine } from '../../../src/cli/fleet/ride/item.js';
import { rideDay } from '../../../src/cli/fleet/ride/ride-day.js';
import { Tally } from '../../../src/cli/fleet/ride/tally.js';
import { defaultShares } from '../../../src/cli/fleet/shares.js';

/** One thread: a rider's whole day as the fleet rides it, then as many raw signatures with a key of the same length. */
export interface RiddenAndSigned {
  readonly taps: number;
  /** Milliseconds, without those in which the card was made. */
  readonly tappingMs: number;
  readonly signingMs: number;
}

const TAPS = 40;
const BITS = 1152;
const plan: FleetPlan = { cards: 100_000, taps: 1, seed: 'bench', day: '2015-10-03', shares: defaultShares, keys: 1 };
const { privateKey: key } = generateKeyPairSync('rsa', { modulusLength: BITS, publicExponent: 3 });
const block = new Uint8Array(BITS / 8).fill(1, 1);

parentPort!.on('message', async (rider: number) => {
  const tally = new Tally();
  const spent = { issuingMs: 0, tappingMs: 0 };
  const lines: string[] = [];
  const now = () => performance.now();
  const onItem = (item: Parameters<typeof itemLine>[0]) => lines.push(itemLine(item));
  await rideDay(plan, rider, TAPS, { now, tally, spent, onItem, onTap: () => undefined });
  const began = now();
  for (let count = 0; count < TAPS; count++) privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, block);
  const done: RiddenAndSigned = { taps: TAPS, tappingMs: spent.tappingMs, signingMs: now() - began };
  parentPort!.postMessage(done);
});
