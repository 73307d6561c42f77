import type { PortRequest } from '../../../../../emv/index.js';

/** Where a holder types. */
export interface PinPad {
  /** `undefined` where the holder passes the PIN over. */
  read(prompt: string): Promise<string | undefined>;
}

type Request = Pick<PortRequest<'enter-pin'>, 'previousWrong' | 'purpose' | 'triesLeft'>;

/** Where PINs come from, one after the other, and the last one that went in. */
export interface PinEntry {
  enter(request: Request): Promise<string | undefined>;
  /** For the issuer. */
  readonly onlinePin: string | undefined;
}

/**
 * PINs that were given, or those that the holder types; where there is neither, and none is left, the PIN is passed
 * over. One that was wrong is not tried again, for that would block the card; one that was right serves again.
 */
export function pinEntry(
  given: readonly string[] | undefined,
  pad: PinPad | undefined,
  onPassedOver: (why: string) => void,
): PinEntry {
  const left = [...(given ?? [])];
  let onlinePin: string | undefined;
  let isToldOf = false;
  const next = async (request: Request): Promise<string | undefined> => {
    if (given === undefined) return pad?.read(promptFor(request));
    if (request.previousWrong) left.shift();
    return left[0];
  };
  return {
    async enter(request) {
      const pin = await next(request);
      if (pin === undefined && !isToldOf) {
        isToldOf = true;
        onPassedOver(whyPassedOver(request));
      }
      if (request.purpose === 'online') onlinePin = pin;
      return pin;
    },
    get onlinePin() {
      return onlinePin;
    },
  };
}

/** One that was wrong is told as that: whoever gave it would look for it in vain. */
function whyPassedOver({ previousWrong, triesLeft }: Request): string {
  if (!previousWrong) return 'the card asks for a PIN, and it is passed over: --pin gives it';
  const tries = triesLeft === undefined ? '' : ` (${triesText(triesLeft)} left)`;
  return `the PIN was wrong${tries}, and the card asks again: it is passed over, as --pin gives no other`;
}

const triesText = (tries: number): string => `${tries} ${tries === 1 ? 'try' : 'tries'}`;

function promptFor({ previousWrong, purpose, triesLeft }: Request): string {
  const tries = triesLeft === undefined ? '' : `, ${triesText(triesLeft)} left`;
  return `${previousWrong ? 'Incorrect PIN. ' : ''}PIN (${purpose}${tries}; Enter passes it over): `;
}
