import { fromHex, HexError, toHex } from '../../../../emv/index.js';
import { pointAt } from '../../decode/point-at.js';
import { CommandError } from '../../exit-codes.js';
import type { Surroundings } from './statement.js';

/** A value that was said in the conversation: `$9F38`, or `${9F38}` before more digits. */
const VALUE = /\$(?:\{([0-9A-Fa-f]+)\}|([0-9A-Fa-f]+))/g;

/**
 * Hex in groups or not, with values of the conversation in it. Looks at the hex at once and at the values when it is
 * used. Throws {@link CommandError}.
 */
export function parseHex(text: string): (surroundings: Pick<Surroundings, 'said'>) => Uint8Array {
  toBytes(text.replace(VALUE, ''));
  return ({ said }) =>
    fromHex(
      withoutSeparators(
        text.replace(VALUE, (_, braced: string | undefined, plain: string | undefined) => {
          const tag = (braced ?? plain ?? '').toUpperCase();
          const value = said.get(tag);
          if (value === undefined) throw notSaid(tag);
          return toHex(value);
        }),
      ),
    );
}

/** Hex in groups or not, as it stands. */
export function toBytes(text: string): Uint8Array {
  const hex = withoutSeparators(text);
  try {
    return fromHex(hex);
  } catch (error) {
    if (!(error instanceof HexError)) throw error;
    const picture = isVerify(hex) ? '' : `\n${pointAt(hex, error.offset, 1, false)}`;
    throw new CommandError(error.code, `${error.message}${picture}`);
  }
}

/** What follows may be a PIN. */
const isVerify = (hex: string): boolean => /^..20/.test(hex);

const withoutSeparators = (text: string): string => text.replace(/(^|[\s:,-])0x/gi, '$1').replace(/[\s:,-]/g, '');

const notSaid = (tag: string): CommandError =>
  new CommandError(
    'apdu-value-unknown',
    `nothing was said of ${tag} so far`,
    undefined,
    'A value stands for what card or terminal said before it: select, get-processing-options, read-record first.',
  );
