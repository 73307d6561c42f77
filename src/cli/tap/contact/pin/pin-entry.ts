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
  onPassedOver: () => void,
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
        onPassedOver();
      }
      if (request.purpose === 'online') onlinePin = pin;
      return pin;
    },
    get onlinePin() {
      return onlinePin;
    },
  };
}

function promptFor({ previousWrong, purpose, triesLeft }: Request): string {
  const tries = triesLeft === undefined ? '' : `, ${triesLeft} ${triesLeft === 1 ? 'try' : 'tries'} left`;
  return `${previousWrong ? 'Incorrect PIN. ' : ''}PIN (${purpose}${tries}; Enter passes it over): `;
}
