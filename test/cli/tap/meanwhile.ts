import type { PresentableCard, SoftwareCard } from '../../../simulator/index.js';

/** Does something when its n-th command comes, before it answers. */
export function meanwhile(card: SoftwareCard, command: number, action: () => unknown): PresentableCard {
  let count = 0;
  return {
    powerOn: (by) => card.powerOn(by),
    powerOff: () => card.powerOff(),
    transmit: async (bytes) => {
      if (++count === command) await action();
      return card.transmit(bytes);
    },
  };
}
