import { ChannelError } from '../card-channel.js';
import { createNfcPcscBinding } from '../pcsc-nfc-pcsc/nfc-pcsc-binding.js';
import { createSmartcardBinding } from '../pcsc-smartcard/smartcard-binding.js';
import type { PcscBinding } from './binding.js';
import type { Pcsc, PcscBindingName } from './pcsc.js';
import { PcscService } from './pcsc-service.js';

export interface OpenPcscOptions {
  /** Without it `smartcard` where it loads, else `nfc-pcsc`. */
  readonly binding?: PcscBindingName | undefined;
  /** After how long without an answer a card is `card-mute`. The longest command, a signature, takes about 1 s. */
  readonly commandTimeoutMs?: number | undefined;
}

const COMMAND_TIMEOUT_MS = 10_000;

const bindings = {
  smartcard: createSmartcardBinding,
  'nfc-pcsc': createNfcPcscBinding,
} as const satisfies Record<PcscBindingName, () => PcscBinding>;

/**
 * Opens the PC/SC service. Throws {@link ChannelError} `binding-missing`; whether the service runs is seen by the first
 * call that needs it, each of which ends with `service-absent` within a second where it does not.
 *
 * @example
 * const pcsc = openPcsc();
 * const channel = withTransportRules(await pcsc.waitForCard('ACR122', { timeoutMs: 30_000 }));
 */
export function openPcsc({ binding, commandTimeoutMs = COMMAND_TIMEOUT_MS }: OpenPcscOptions = {}): Pcsc {
  return new PcscService(binding ? bindings[binding]() : firstThatLoads(), commandTimeoutMs);
}

function firstThatLoads(): PcscBinding {
  const failures: ChannelError[] = [];
  for (const create of Object.values(bindings)) {
    try {
      return create();
    } catch (error) {
      if (!(error instanceof ChannelError)) throw error;
      failures.push(error);
    }
  }
  const reasons = failures.map(({ message }) => message).join('; ');
  throw new ChannelError('binding-missing', `no binding to PC/SC loads: ${reasons}`, { cause: failures[0] });
}
