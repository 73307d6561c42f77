import { type CardPlace, openChannel } from '../open-channel.js';
import type { CardRun } from './card-run.js';

/** Taps what lies at one place so many times, laid down anew for each. */
export async function tapSameCard(run: CardRun, place: CardPlace, count: number): Promise<void> {
  while (run.tally.taps < count && !place.signal?.aborted) {
    const card = await openChannel(place);
    try {
      await run.tap(card);
    } finally {
      await card.close();
    }
  }
}
