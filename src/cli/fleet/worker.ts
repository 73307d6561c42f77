import { parentPort, workerData } from 'node:worker_threads';
import { itemLine } from './ride/item.js';
import type { Order, Report, WorkerSetUp } from './ride/messages.js';
import { rideDay } from './ride/ride-day.js';
import { SortedChunks } from './ride/sorted-chunks.js';
import { Tally } from './ride/tally.js';

/** One thread of the fleet: rides the days of the riders it is handed, and keeps their records in sorted files. */
const { plan, taps, folder, prefix } = workerData as WorkerSetUp;
const port = parentPort!;
const tell = (report: Report) => port.postMessage(report);

const chunks = new SortedChunks(folder, prefix);
const tally = new Tally();
const spent = { issuingMs: 0, tappingMs: 0 };
let tapped = 0;

async function ride(from: number, to: number): Promise<void> {
  for (let rider = from; rider < to; rider++) {
    tapped = 0;
    await rideDay(plan, rider, taps[rider]!, {
      now: () => performance.now(),
      tally,
      spent,
      onItem: (item) => chunks.add(itemLine(item)),
      onTap: () => tapped++,
    });
    if (chunks.isFull) await chunks.flush();
    tell({ kind: 'progress', cards: 1, taps: tapped });
  }
}

/** One order at a time: the next is asked for when the last is done. */
port.on('message', async (order: Order) => {
  if (order.kind === 'ride') {
    await ride(order.from, order.to);
    tell({ kind: 'ready' });
    return;
  }
  await chunks.flush();
  tell({ kind: 'finished', files: chunks.files, counts: tally.toJSON(), ...spent });
  port.close();
});
tell({ kind: 'ready' });
