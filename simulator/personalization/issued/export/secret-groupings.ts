import { concat, fromHex } from '../../../../emv/bytes.js';
import { keyCheckValue, plaintextOfflinePin } from '../../../../emv/cryptogram/index.js';
import { type ApplicationState, byteOf, type CardApplication, type CardFile } from '../../../card/index.js';
import type { DataGrouping } from './data-grouping.js';

/**
 * Keys and PIN, not enciphered (EMV CPS 1.1 annex A): for test cards only. Where an SM2 key goes no document says
 * (JR/T 0025.17-2013 10.2); here it takes the place of RSA's private exponent.
 */
export function secretGroupings(
  { privateKey, sm2PrivateKey }: CardFile,
  application: CardApplication,
  { pinTriesLeft }: ApplicationState,
): DataGrouping[] {
  const { keys, pin, cryptogramAlgorithm: algorithm, data } = application;
  const symmetric = [keys.applicationCryptogram, keys.messageAuthentication, keys.encipherment].flatMap((key) =>
    key === undefined ? [] : [fromHex(key)],
  );
  const secret = (identifier: string, name: string, bytes: Uint8Array): DataGrouping => ({
    identifier,
    name,
    data: bytes,
    content: 'secret',
  });
  return [
    secret('8000', 'keys for cryptograms, MACs and encipherment', concat(...symmetric)),
    {
      identifier: '9000',
      name: 'check values of these keys',
      data: concat(...symmetric.map((key) => keyCheckValue(algorithm, key))),
      content: 'bytes',
    },
    ...(pin === undefined
      ? []
      : [
          secret('8010', 'PIN block', plaintextOfflinePin(pin)),
          {
            identifier: '9010',
            name: 'tries for the PIN: left, and in all',
            data: Uint8Array.of(pinTriesLeft, byteOf(data, '9F17') ?? pinTriesLeft),
            content: 'bytes' as const,
          },
        ]),
    ...(privateKey === undefined && sm2PrivateKey !== undefined
      ? [secret('8101', 'SM2 private key of the card', fromHex(sm2PrivateKey))]
      : []),
    ...(privateKey === undefined
      ? []
      : [
          secret('8101', 'private exponent of the card', fromHex(privateKey.privateExponent)),
          secret('8103', 'modulus of the card', fromHex(privateKey.modulus)),
        ]),
  ];
}
