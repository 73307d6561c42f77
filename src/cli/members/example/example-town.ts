import { testPan } from '../../../../simulator/index.js';
import { openTown, type Town } from '../../demo/open-town.js';

const OLD_PAN = '6228000100000000033';

/** The cards in the example, and what they are made of; that of the exchange has the number of the old one. */
const CARDS = {
  rider: { profile: 'service-card-51' },
  loser: { profile: 'service-card-51-rural-credit' },
  old: { profile: 'old-card-pboc2', pan: OLD_PAN },
  exchanged: { profile: 'service-card-51', pan: OLD_PAN, seed: 'exchanged' },
  replacement: { profile: 'service-card-51-rural-credit', pan: testPan('rural-credit', 9_000), seed: 'replacement' },
};

/** The gateway of the example with the clock that it plays by, and the software cards that ride. */
export const buildExampleTown = (folder: string, begins: string): Promise<Town> => openTown(folder, begins, CARDS);
