import type { CardChannel } from '../card-channel.js';
import { GET_UID } from './ask-reader.js';

const ROUND_TRIPS = 7;

/**
 * What one command takes on the way to a card and back, without the card, in microseconds: the median of some commands
 * that the reader answers itself: for the UID, which it has in its memory since it found the card. It holds what service, driver, cable and reader need for a short command, not the
 * radio. `undefined` where the reader hands the command on to the card, which refuses it, so that nothing is measured.
 */
export async function readerOverhead(channel: CardChannel, now = () => performance.now()): Promise<number | undefined> {
  const tripsUs: number[] = [];
  for (let trip = 0; trip < ROUND_TRIPS; trip++) {
    const sent = now();
    const response = await channel.transmit(GET_UID);
    tripsUs.push((now() - sent) * 1000);
    if (response.at(-2) !== 0x90) return undefined;
  }
  return tripsUs.sort((one, other) => one - other)[(ROUND_TRIPS - 1) / 2];
}
