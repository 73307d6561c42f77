import { acr122 } from './acr122.js';
import { acr1252 } from './acr1252.js';
import { answerGetData } from './get-data.js';
import type { CardInField, FrontListener, ReaderModel } from './reader-model.js';

export type { CardInField, Front, FrontListener, ReaderModel } from './reader-model.js';

/** The kinds of readers that a virtual one can be, beside one that takes no commands for itself. */
export type ReaderModelName = keyof typeof readerModels;

/** Each with the name by which programs know it. */
export const readerModels = {
  acr122: { readerName: 'ACS ACR122U PICC Interface', create: acr122 },
  acr1252: { readerName: 'ACS ACR1252 Dual Reader', create: acr1252 },
  /** Any contactless reader (PC/SC part 3). */
  contactless: { readerName: 'Yongtap contactless reader', create: contactless },
} as const satisfies Record<
  string,
  { readerName: string; create: (card: CardInField, onFront?: FrontListener) => ReaderModel }
>;

function contactless(card: CardInField): ReaderModel {
  return {
    transmit: (command) => answerGetData(command, card),
    control: () => new Uint8Array(0),
  };
}
