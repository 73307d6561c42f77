import { constants, generateKeyPairSync, type KeyObject, privateEncrypt } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import { profileNamed } from '../../../src/cli/fleet/city/city.js';
import type { FleetPlan } from '../../../src/cli/fleet/plan/fleet-plan.js';
import { planDay } from '../../../src/cli/fleet/plan/plan-day.js';
import { itemLine } from '../../../src/cli/fleet/ride/item.js';
import { rideDay } from '../../../src/cli/fleet/ride/ride-day.js';
import { Tally } from '../../../src/cli/fleet/ride/tally.js';
import { defaultShares } from '../../../src/cli/fleet/shares.js';

/**
 * One thread: a rider's whole day as the fleet rides it, then as many raw signatures with a key as long as that of the
 * rider's card (a third of them have 1408 bits), and as many with the shortest.
 */
export interface RiddenAndSigned {
  readonly taps: number;
  /** Milliseconds, without those in which the card was made. */
  readonly tappingMs: number;
  readonly signingMs: number;
  /** With 1152 bits, whatever the card has. */
  readonly shortSigningMs: number;
}

const TAPS = 40;
const SHORT_BITS = 1152;
const plan: FleetPlan = { cards: 100_000, taps: 1, seed: 'bench', day: '2015-10-03', shares: defaultShares, keys: 1 };
const keys = new Map<number, KeyObject>();

function keyOf(bits: number): KeyObject {
  const key = keys.get(bits) ?? generateKeyPairSync('rsa', { modulusLength: bits, publicExponent: 3 }).privateKey;
  keys.set(bits, key);
  return key;
}

/** Milliseconds for as many raw private operations as a rider taps. */
function sign(bits: number): number {
  const key = keyOf(bits);
  const block = new Uint8Array(bits / 8).fill(1, 1);
  const began = performance.now();
  for (let count = 0; count < TAPS; count++) privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, block);
  return performance.now() - began;
}

const bitsOf = (rider: number): number => profileNamed(planDay(plan, rider, TAPS).rider.profile).keyBits;

parentPort!.on('message', async (rider: number) => {
  const tally = new Tally();
  const spent = { issuingMs: 0, tappingMs: 0 };
  const lines: string[] = [];
  const now = () => performance.now();
  const onItem = (item: Parameters<typeof itemLine>[0]) => lines.push(itemLine(item));
  await rideDay(plan, rider, TAPS, { now, tally, spent, onItem, onTap: () => undefined });
  const done: RiddenAndSigned = {
    taps: TAPS,
    tappingMs: spent.tappingMs,
    signingMs: sign(bitsOf(rider)),
    shortSigningMs: sign(SHORT_BITS),
  };
  parentPort!.postMessage(done);
});
