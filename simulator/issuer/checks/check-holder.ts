import {
  decipherPinBlock,
  decodePinBlock,
  decryptBlocks,
  type PinBlockReading,
} from '../../../emv/cryptogram/index.js';
import type { OpenedRequest } from '../open-request.js';
import type { Check } from './check.js';

/** The online PIN, where one came and the account has one. */
export const checkPin: Check = (opened) => {
  const { account, request } = opened;
  if (request.pinBlock === undefined || account.pin === undefined) return undefined;
  if (account.pin.triesLeft === 0) return 'pin-tries-exhausted';
  const reading = readPin(opened, request.pinBlock);
  return reading?.ok && reading.pin === account.pin.digits ? undefined : 'pin-wrong';
};

function readPin({ issuer, card }: OpenedRequest, pinBlock: Uint8Array): PinBlockReading | undefined {
  const key = issuer.zonePinKey;
  if (key === undefined) return undefined;
  if (pinBlock.length === 16) return decipherPinBlock({ key, block: pinBlock, pan: card.pan });
  if (pinBlock.length !== 8) return undefined;
  return decodePinBlock({ format: '0', block: decryptBlocks('3des', key, pinBlock), pan: card.pan });
}
