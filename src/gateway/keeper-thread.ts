import { parentPort, workerData } from 'node:worker_threads';
import { loadCampaigns, loadTariffs } from './fares/index.js';
import { acceptTaps } from './intake/accept-taps.js';
import type { ExaminedTap } from './intake/examine-tap.js';
import type { Booked } from './intake/intake-observer.js';
import type { Kept, ThreadSetUp, ToKeep } from './intake/keeping/index.js';
import { loadMembershipPolicy, readFareCards } from './membership/index.js';
import { type GatewayDatabase, openDatabase, toThrown } from './storage/index.js';

/** A thread that keeps taps in the books, so that the one that answers requests goes on meanwhile. */
const port = parentPort!;
const { location, tariff, campaigns, policy } = workerData as ThreadSetUp;
const rules = {
  tariff: loadTariffs(tariff),
  campaigns: loadCampaigns(campaigns),
  policy: loadMembershipPolicy(policy),
};
let opened: Promise<GatewayDatabase> | undefined;

/** Where it cannot be opened the taps at hand are not kept, and the next ones try again. */
function open(): Promise<GatewayDatabase> {
  opened ??= openDatabase(location).catch((error: unknown) => {
    opened = undefined;
    throw error;
  });
  return opened;
}

async function keep({ taps, sealed, aheadMs }: ToKeep) {
  let booked: Booked | undefined;
  const clock = () => new Date(Date.now() + aheadMs);
  const observer = {
    booked: (told: Booked) => {
      booked = told;
    },
  };
  const database = await open();
  const answers = await acceptTaps({ ...rules, database, readFareCards, clock, observer }, tapsOf(taps, sealed));
  return { answers: JSON.stringify(answers), booked };
}

type Sent = Omit<ExaminedTap, 'sealed'> & { readonly sealedLength: number };

function tapsOf(text: string, sealed: Uint8Array): ExaminedTap[] {
  let offset = 0;
  return (JSON.parse(text) as readonly Sent[]).map(({ sealedLength, ...tap }) => {
    const own = sealed.subarray(offset, offset + sealedLength);
    offset += sealedLength;
    return { ...tap, sealed: own };
  });
}

const underWay = new Set<Promise<void>>();

async function answer(message: ToKeep): Promise<void> {
  const { id } = message;
  const kept: Kept = await keep(message).then(
    (result) => ({ id, ...result }),
    (error: unknown) => ({ id, thrown: toThrown(error) }),
  );
  port.postMessage(kept);
}

async function close(): Promise<void> {
  await Promise.all(underWay);
  await (await opened)?.close();
  port.close();
}

port.on('message', (message: ToKeep | 'close') => {
  if (message === 'close') return void close();
  const answered = answer(message).finally(() => underWay.delete(answered));
  underWay.add(answered);
});
