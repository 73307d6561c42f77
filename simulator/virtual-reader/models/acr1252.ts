import { concat, fromAscii, toHex } from '../../../emv/bytes.js';
import { answerGetData } from './get-data.js';
import type { CardInField, Front, FrontListener, ReaderModel } from './reader-model.js';

const FIRMWARE = fromAscii('ACR1252U_V100');
const RED = 1;
const GREEN = 2;
const instructions = { firmware: 'E0000018', buzzer: 'E0000028', lamps: 'E0000029' } as const;

/**
 * An ACR1252U, which takes its own commands by control code (ACS, ACM1252U-Y3 Reference Manual, section 5.3): firmware,
 * lamps, buzzer; and GET DATA among the commands of the card.
 */
export function acr1252(card: CardInField, onFront: FrontListener = () => {}): ReaderModel {
  let front: Front = { green: false, red: false, beeps: 0 };
  const change = (changes: Partial<Front>) => {
    front = { ...front, ...changes };
    onFront(front);
  };
  return {
    transmit: (command) => answerGetData(command, card),
    control(data) {
      const value = data.length === 6 && data[4] === 1 ? data[5] : undefined;
      switch (toHex(data.subarray(0, 4))) {
        case instructions.firmware:
          return answer(FIRMWARE);
        case instructions.buzzer:
          if (value) change({ beeps: front.beeps + 1 });
          return answer(Uint8Array.of(value ?? 0));
        case instructions.lamps:
          if (value !== undefined) change({ red: (value & RED) !== 0, green: (value & GREEN) !== 0 });
          return answer(Uint8Array.of((front.red ? RED : 0) | (front.green ? GREEN : 0)));
        default:
          return answer(new Uint8Array(0));
      }
    },
  };
}

const answer = (data: Uint8Array): Uint8Array => concat(Uint8Array.of(0xe1, 0, 0, 0, data.length), data);
