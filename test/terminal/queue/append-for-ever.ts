import { randomBytes } from 'node:crypto';
import { openTapQueue } from '../../../src/terminal/index.js';
import { sampleTap } from '../../tap/sample-tap.js';

/**
 * Run as a process of its own and killed by its parent: appends and now and then acknowledges, and says on standard
 * output what is done, each line only after the queue has said so.
 */
const folder = process.argv[2]!;
const queue = await openTapQueue(folder, {
  key: new Uint8Array(32).fill(7),
  random: (length) => randomBytes(length),
  operator: sampleTap.operator,
  terminal: sampleTap.terminal,
  segmentBytesMax: 8000,
});
process.stdout.write(`opened ${queue.nextSequence}\n`);
for (;;) {
  const { sequence } = await queue.append({ ...sampleTap, amountFen: queue.nextSequence });
  process.stdout.write(`kept ${sequence}\n`);
  if (sequence % 7 !== 0) continue;
  const [oldest] = await queue.pending(1);
  await queue.acknowledge([{ sequence: oldest!.sequence, result: 'created' }]);
  process.stdout.write(`answered ${oldest!.sequence}\n`);
}
