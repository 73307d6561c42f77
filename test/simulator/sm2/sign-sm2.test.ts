import fc from 'fast-check';
import { sm2 } from 'sm-crypto-v2';
import { expect, test } from 'vitest';
import { createSm2PublicKey, fromAscii, fromHex, toHex } from '../../../emv/index.js';
import { signDigest, signSm2, sm2KeyOf } from '../../../simulator/sm2/index.js';

const ORDER = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n;
const userId = '1234567812345678';

test('the example of GB/T 32918.5-2017 annex A.2, key and signature', () => {
  const key = sm2KeyOf(0x3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8n);
  expect(toHex(key.point)).toBe(
    '09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020' +
      'CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13',
  );
  const digest = 0xf0b43e94ba45accaace692ed534382eb17e6ab5a19ce7b31f4486fdfc0d28640n;
  const nonce = 0x59276e27d506861a16680f3ad9c02dccef3cc1fa3cdbe4ce6d54b80deac1bc21n;
  expect(toHex(signDigest(key.privateKey, digest, nonce)!)).toBe(
    'F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3' +
      'B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA',
  );
});

const privateKeys = fc.bigInt({ min: 1n, max: ORDER - 2n });
const messages = fc.uint8Array({ maxLength: 300 });

test('what is signed here, sm-crypto-v2 and the terminal take; and only for that message', () => {
  fc.assert(
    fc.property(privateKeys, messages, (privateKey, message) => {
      const key = sm2KeyOf(privateKey);
      const signature = signSm2(key, message);
      const point = `04${toHex(key.point)}`.toLowerCase();
      const other = { hash: true, der: false, userId };
      expect(sm2.doVerifySignature(message, toHex(signature).toLowerCase(), point, other)).toBe(true);
      const terminal = createSm2PublicKey(key.point)!;
      expect(terminal.verify(message, signature)).toBe(true);
      expect(terminal.verify(Uint8Array.of(...message, 0), signature)).toBe(false);
      expect(signSm2(key, message)).toEqual(signature);
    }),
    { numRuns: 25 },
  );
});

test('the public key is the one of sm-crypto-v2, at the ends of the range too', () => {
  for (const privateKey of [1n, 2n, 15n, 16n, 0xffn, ORDER - 2n, ORDER >> 1n]) {
    const hex = privateKey.toString(16).padStart(64, '0');
    expect(`04${toHex(sm2KeyOf(privateKey).point)}`).toBe(sm2.getPublicKeyFromPrivateKey(hex).toUpperCase());
  }
  for (const none of [0n, ORDER - 1n, ORDER]) expect(() => sm2KeyOf(none)).toThrow(RangeError);
});

test('another identity gives another signature, which only that identity verifies', () => {
  const key = sm2KeyOf(12345n);
  const [message, identity] = [fromHex('00FF'), fromAscii('ALICE123@YAHOO.COM')];
  const signature = signSm2(key, message, identity);
  const terminal = createSm2PublicKey(key.point)!;
  expect(terminal.verify(message, signature, identity)).toBe(true);
  expect(terminal.verify(message, signature)).toBe(false);
});
