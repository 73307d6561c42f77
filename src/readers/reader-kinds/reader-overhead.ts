import { fromHex } from '../../../emv/bytes.js';
import type { CardChannel } from '../card-channel.js';

/** GET DATA for the UID, which a contactless reader has in its memory since it found the card. */
const ANSWERED_BY_READER = fromHex('FFCA000000');
const ROUND_TRIPS = 7;

/**
 * What one command takes on the way to a card and back, without the card, in microseconds: the median of some commands
 * that the reader answers itself. It holds what service, driver, cable and reader need for a short command, not the
 * radio. `undefined` where the reader hands the command on to the card, which refuses it, so that nothing is measured.
 */
export async function readerOverhead(channel: CardChannel, now = () => performance.now()): Promise<number | undefined> {
  const tripsUs: number[] = [];
  for (let trip = 0; trip < ROUND_TRIPS; trip++) {
    const sent = now();
    const response = await channel.transmit(ANSWERED_BY_READER);
    tripsUs.push((now() - sent) * 1000);
    if (response.at(-2) !== 0x90) return undefined;
  }
  return tripsUs.sort((one, other) => one - other)[(ROUND_TRIPS - 1) / 2];
}
