import { afterAll, bench, describe } from 'vitest';
import { presentCard } from '../../../simulator/index.js';
import { createSoftwareChannel, openPcsc } from '../../../src/readers/index.js';
import { commands, ScriptCard } from '../../readers/script-card.js';
import { startVirtualReaders } from '../../readers/virtual-readers.js';

/** The same card answers in all three; what differs is the way to it. Left out where no PC/SC service can run. */
const service = await startVirtualReaders().catch((error: Error) => {
  console.warn(`LEFT OUT, for want of pcsc: ${error.message}`);
});
const opened = service ? [openPcsc({ binding: 'smartcard' }), openPcsc({ binding: 'nfc-pcsc' })] : [];
if (service) await presentCard(new ScriptCard(), { socketPath: service.slots[0]!.socketPath });
const channels = await Promise.all(opened.map((pcsc) => pcsc.waitForCard('Front', { timeoutMs: 10_000 })));
const direct = createSoftwareChannel(new ScriptCard());

afterAll(async () => {
  await Promise.all(opened.map((pcsc) => pcsc.close()));
  await service?.stop();
});

describe.skipIf(!service).each([
  ['a command of 6 bytes and its answer of 3', commands.echo(7)],
  ['an answer of 256 bytes', commands.longest],
])('%s', (_, command) => {
  bench('in process', async () => {
    await direct.transmit(command);
  });
  bench('PC/SC through smartcard', async () => {
    await channels[0]!.transmit(command);
  });
  bench('PC/SC through nfc-pcsc', async () => {
    await channels[1]!.transmit(command);
  });
});
