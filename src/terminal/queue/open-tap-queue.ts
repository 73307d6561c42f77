import { holdFolder } from '../../folders/hold-folder.js';
import type { QueueHealth } from './append-file.js';
import { Journal } from './journal.js';
import { QueueError, toQueueError } from './queue-error.js';
import { nodeFiles } from './queue-files.js';
import { createRecordCipher } from './record-cipher.js';
import { recover } from './recover.js';
import { RefusedTaps } from './refused-taps.js';
import { TapQueue, type TapQueueOptions } from './tap-queue.js';

/**
 * Opens a terminal's queue, making the folder where it is missing, and puts right what a crash left. The folder
 * belongs to one terminal and to one process at a time. Throws {@link QueueError}: `queue-in-use`, `key-invalid`,
 * `wrong-key`, `other-terminal`, `disk-full`.
 *
 * @example
 * const queue = await openTapQueue('gate-07', { key, random: randomBytes, operator: 'ningbo-metro', terminal: 'gate-07' });
 * const record = await queue.append(result.tapRecord);
 */
export async function openTapQueue(folder: string, options: TapQueueOptions): Promise<TapQueue> {
  const files = options.files ?? nodeFiles;
  const cipher = createRecordCipher(options.key, options.random);
  const health: QueueHealth = { hasFailed: false };
  const closers: (() => unknown)[] = [];
  try {
    await files.makeFolder(folder);
    const lock = holdFolder(folder);
    if (lock === undefined) throw new QueueError('queue-in-use', `the queue in ${folder} is open elsewhere`);
    closers.unshift(() => lock.release());
    const { state, segments } = await recover(files, folder, cipher, options, health);
    const journal = new Journal(folder, files, cipher, health, segments);
    closers.unshift(() => journal.close());
    const refused = await RefusedTaps.open(files, folder, cipher, health);
    closers.unshift(() => refused.close());
    const queue = new TapQueue(options, journal, state, refused, lock);
    await queue.start();
    return queue;
  } catch (error) {
    for (const close of closers) await close();
    throw error instanceof Error && 'code' in error ? toQueueError(error) : error;
  }
}
