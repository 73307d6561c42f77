import { type ChannelError, openPcsc, type PcscBindingName } from '../../../src/readers/index.js';
import { commands } from '../script-card.js';

/**
 * `use-reader BINDING WAIT_MS END`: waits for a card, sends it a command, closes what END names (`all`, `pcsc`) and
 * must then end by itself. Says what it does, and the milliseconds of processor time that its wait took.
 */
const [, , binding, waitMs, end] = process.argv;
const pcsc = openPcsc({ binding: binding as PcscBindingName });
console.log('open');
const before = process.cpuUsage();
try {
  const channel = await pcsc.waitForCard(undefined, { timeoutMs: Number(waitMs) });
  const answer = await channel.transmit(commands.echo(7));
  console.log(`answer ${Buffer.from(answer).toString('hex')}`);
  const pending = channel.transmit(commands.count).then(
    () => console.log('second answer'),
    (error: ChannelError) => console.log(`failed ${error.code}`),
  );
  if (end === 'all') await channel.close();
  if (end === 'wait') await pending;
} catch (error) {
  console.log(`failed ${(error as ChannelError).code}`);
}
const { user, system } = process.cpuUsage(before);
console.log(`busy ${Math.round((user + system) / 1000)}`);
await pcsc.close();
console.log('closed');
