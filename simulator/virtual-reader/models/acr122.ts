import { fromAscii, toHex } from '../../../emv/bytes.js';
import { answerGetData } from './get-data.js';
import type { CardInField, Front, FrontListener, ReaderModel } from './reader-model.js';

const PSEUDO_APDU_CLASS = 0xff;
const FIRMWARE = fromAscii('ACR122U201');
const DONE = Uint8Array.of(0x90, 0x00);
const FAILED = Uint8Array.of(0x63, 0x00);
/** Bits of P2 of the command for lamp and buzzer: the state of each lamp at the end, and whether it is changed. */
const RED = 1;
const GREEN = 2;
const MASK_SHIFT = 2;
/** Class, instruction and P1 of what it knows beside GET DATA. */
const instructions = {
  lampAndBuzzer: 'FF0040',
  firmware: 'FF0048',
  readParameter: 'FF0050',
  writeParameter: 'FF0051',
  buzzerOnDetection: 'FF0052',
} as const;

/**
 * An ACR122U (ACS, ACR122U Application Programming Interface, sections 4 to 6): GET DATA, lamp and buzzer, firmware,
 * operating parameter, buzzer on detection. It refuses whatever else begins with FF, as the card never hears of it.
 */
export function acr122(card: CardInField, onFront: FrontListener = () => {}): ReaderModel {
  return new Acr122(card, onFront);
}

class Acr122 implements ReaderModel {
  #front: Front = { green: false, red: false, beeps: 0 };
  #parameter = 0xff;

  constructor(
    private readonly card: CardInField,
    private readonly onFront: FrontListener,
  ) {}

  transmit(command: Uint8Array): Uint8Array | undefined {
    return command[0] === PSEUDO_APDU_CLASS ? this.control(command) : undefined;
  }

  control(command: Uint8Array): Uint8Array {
    const [, , , p2 = 0, length = 0] = command;
    switch (toHex(command.subarray(0, 3))) {
      case instructions.lampAndBuzzer:
        return length === 4 && command.length === 9 ? this.#lampAndBuzzer(p2, command.subarray(5)) : FAILED;
      case instructions.firmware:
        return FIRMWARE;
      case instructions.buzzerOnDetection:
        return p2 === 0x00 || p2 === 0xff ? DONE : FAILED;
      case instructions.writeParameter:
        this.#parameter = p2;
        return Uint8Array.of(0x90, this.#parameter);
      case instructions.readParameter:
        return Uint8Array.of(0x90, this.#parameter);
      default:
        return answerGetData(command, this.card) ?? FAILED;
    }
  }

  /** The buzzer sounds in the first or second part of each repetition, or in both as one. */
  #lampAndBuzzer(control: number, [first = 0, second = 0, repetitions = 0, link = 0]: Uint8Array): Uint8Array {
    const changed = (control >> MASK_SHIFT) & (RED | GREEN);
    const now = (this.#lamps & ~changed) | (control & changed);
    const sounds = (link & 1 && first > 0) || (link & 2 && second > 0);
    const beeps = this.#front.beeps + (sounds ? repetitions : 0);
    const hasChanged = now !== this.#lamps || sounds;
    this.#front = { red: (now & RED) !== 0, green: (now & GREEN) !== 0, beeps };
    if (hasChanged) this.onFront(this.#front);
    return Uint8Array.of(0x90, now);
  }

  get #lamps(): number {
    return (this.#front.red ? RED : 0) | (this.#front.green ? GREEN : 0);
  }
}
