import { deriveCardKey, deriveSessionKey } from '../../../emv/index.js';
import { CommandError } from '../exit-codes.js';
import { readHex, readHexIfGiven, required } from './read-hex.js';
import type { SessionKeyOptions } from './session-key-options.js';

/** The session key that the options lead to. */
export function sessionKeyOf(options: SessionKeyOptions): Uint8Array {
  const { algorithm, sessionKey, cardKey, masterKey, psn } = options;
  const given = [sessionKey, cardKey, masterKey].filter((key) => key !== undefined);
  if (given.length !== 1) {
    throw new CommandError('wrong-use', 'one of --session-key, --card-key and --master-key is wanted');
  }
  if (sessionKey !== undefined) return readHex('--session-key', sessionKey);
  const atc = readHex('--atc', required('--atc', options.atc));
  const key =
    cardKey !== undefined
      ? readHex('--card-key', cardKey)
      : deriveCardKey({
          method: 'option-a',
          algorithm,
          masterKey: readHex('--master-key', masterKey!),
          pan: required('--pan', options.pan),
          psn,
        });
  const unpredictableNumber = readHexIfGiven('--unpredictable-number', options.unpredictableNumber);
  return deriveSessionKey({ method: options.session, algorithm, key, atc, unpredictableNumber });
}
