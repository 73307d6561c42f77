import { takeCards } from '../loop/take-cards.js';
import type { TapOptions } from '../tap-options.js';
import { type ContactOptions, checkContactOptions } from './contact-options.js';
import { ContactTaps } from './contact-taps.js';
import { openCounter } from './open-counter.js';

/**
 * `yongtap tap --interface contact`: a transaction with each card that is put into a slot. `given` are the options that
 * stand on the command line.
 */
export async function performContactTap(
  options: TapOptions & ContactOptions,
  given: Partial<TapOptions & ContactOptions>,
): Promise<void> {
  checkContactOptions(options, given);
  const counter = await openCounter(options);
  await takeCards(
    { ...options, interface: 'contact', state: counter.state },
    (setting) => new ContactTaps(counter, options, setting),
  );
}
