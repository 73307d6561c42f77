import { expect, test } from 'vitest';
import {
  deriveCardKey,
  deriveSessionKey,
  encodePinBlock,
  encryptScriptData,
  fromHex,
  keyCheckValue,
  pinChangeBlock,
  pinChangeData,
  type ScriptDataMethod,
  type SessionKeyInput,
  scriptMac,
  toHex,
  withOddParity,
} from '../../../emv/index.js';

/** Keys, counter and card number of the issuer scripts in pyemv's tests. */
const masterKeys = {
  applicationCryptogram: '0123456789ABCDEFFEDCBA9876543210',
  messageAuthentication: 'FEDCBA98765432100123456789ABCDEF',
  encipherment: '89ABCDEF0123456776543210FEDCBA98',
};
const atc = fromHex('001C');

const cardKey = (name: keyof typeof masterKeys): Uint8Array =>
  withOddParity(
    deriveCardKey({
      method: 'option-a',
      algorithm: '3des',
      masterKey: fromHex(masterKeys[name]),
      pan: '1234567890123456',
      psn: '00',
    }),
  );

interface Scheme {
  readonly session: SessionKeyInput['method'];
  readonly data: ScriptDataMethod;
  readonly arqc: string;
}

const sessionKey = ({ session, arqc }: Scheme, name: keyof typeof masterKeys): Uint8Array =>
  deriveSessionKey({
    method: session,
    algorithm: '3des',
    key: cardKey(name),
    atc,
    ...(session === 'common' ? { applicationCryptogram: fromHex(arqc) } : {}),
  });

/** The command with its data and a MAC of 8 bytes. */
function command(scheme: Scheme, header: string, data: Uint8Array = new Uint8Array(0)): string {
  const mac = scriptMac({
    algorithm: '3des',
    key: sessionKey(scheme, 'messageAuthentication'),
    header: fromHex(header),
    atc,
    applicationCryptogram: fromHex(scheme.arqc),
    data,
    macLength: 8,
  });
  return header + toHex(Uint8Array.of(data.length + 8)) + toHex(data) + toHex(mac);
}

const pinChange = (scheme: Scheme, currentPin?: string): string => {
  const block = pinChangeBlock({ cardKey: cardKey('applicationCryptogram'), newPin: '9999', currentPin });
  const key = sessionKey(scheme, 'encipherment');
  const data = encryptScriptData({ algorithm: '3des', key, data: block, method: scheme.data });
  return command(scheme, currentPin === undefined ? '84240002' : '84240001', data);
};

const isoPinChange = (scheme: Scheme): string => {
  const data = encodePinBlock({ format: '2', pin: '9999' });
  const key = sessionKey(scheme, 'encipherment');
  return command(scheme, '84240002', encryptScriptData({ algorithm: '3des', key, data, method: scheme.data }));
};

const cvn10: Scheme = { session: 'visa', data: 'visa', arqc: '29CCA15AE665FA2E' };
const cvn18: Scheme = { session: 'visa', data: 'visa', arqc: '7A788EA6B8A3E733' };
const cvn22: Scheme = { session: 'common', data: 'visa', arqc: '7A788EA6B8A3E733' };
const cvn16: Scheme = { session: 'common', data: 'mastercard', arqc: '24CCF3DEE3158C70' };
const cvn20: Scheme = { session: 'common', data: 'mastercard', arqc: 'CD29615D6452E70E' };

test.each([
  ['applicationCryptogram', 'BAB0'],
  ['messageAuthentication', 'F010'],
  ['encipherment', 'B154'],
] as const)("the card's key %s has the published check value", (name, value) => {
  expect(toHex(keyCheckValue('3des', cardKey(name)))).toMatch(new RegExp(`^${value}`));
});

test.each([
  ['CVN 10', cvn10, '8418000008DB56BA60087CEFD3'],
  ['CVN 18', cvn18, '841800000804EDE90BC24CC35E'],
  ['CVN 22', cvn22, '8418000008A4805748F846D851'],
])('APPLICATION UNBLOCK of %s is the published command', (_, scheme, expected) => {
  expect(command(scheme, '84180000')).toBe(expected);
});

test.each([
  ['CVN 16', cvn16, '8424000008ED0AB162BAB1DE61'],
  ['CVN 20', cvn20, '842400000801C0F0DFBF6AA230'],
])('PIN UNBLOCK of %s is the published command', (_, scheme, expected) => {
  expect(command(scheme, '84240000')).toBe(expected);
});

test.each([
  ['CVN 10', cvn10, undefined, '8424000218BB221AF527377A2811D2B6EBC396A9391A965A5CB2CE62DA'],
  ['CVN 10', cvn10, '8888', '84240001182EE025E554BCD87E11D2B6EBC396A939C4A8393B57DD2F3F'],
  ['CVN 18', cvn18, undefined, '8424000218BB221AF527377A2811D2B6EBC396A9391A22B480EF312F40'],
  ['CVN 18', cvn18, '8888', '84240001182EE025E554BCD87E11D2B6EBC396A9390FB94A4E4EC10F41'],
  ['CVN 22', cvn22, '8888', '8424000118AD6CF0C44DD96B7323A1B51B694E99295A640C9E585FF059'],
])('PIN CHANGE of %s is the published command (%#)', (_, scheme, currentPin, expected) => {
  expect(pinChange(scheme, currentPin)).toBe(expected);
});

test.each([
  ['CVN 22', cvn22, '84240002181B2943BED3D298F9C75848D17317CD1D25B70F7E26613E5F'],
  ['CVN 16', cvn16, '842400021000859B8FE53F316DEB4B64C36BF88E39'],
  ['CVN 20', cvn20, '84240002107647E71F85AA6A35AE4B4E838666773D'],
])('PIN CHANGE of %s with a block of format 2 is the published command', (_, scheme, expected) => {
  expect(isoPinChange(scheme)).toBe(expected);
});

test.each([
  ['9999', undefined, '049999FFC4B001F1', 'D421231A6FD2F0FAEE671384F0D3A7B9'],
  ['9999', '8888', '8C1199FFC4B001F1', 'C29371CC36BA70C1EE671384F0D3A7B9'],
  ['999999999999', '888888888888', '841111112A5E67F1', '622066A74F1E974AEE671384F0D3A7B9'],
])("PBOC's PIN data is what Visa's is for the same keys: PIN %s, present PIN %s", (newPin, currentPin, block, data) => {
  const derive = (masterKey: string) =>
    withOddParity(
      deriveCardKey({
        method: 'option-a',
        algorithm: '3des',
        masterKey: fromHex(masterKey),
        pan: '1234567890123456',
        psn: '01',
      }),
    );
  const key = derive('FEDCBA98765432100123456789ABCDEF');
  const sessionKey = deriveSessionKey({
    method: 'visa',
    algorithm: '3des',
    key: derive('11111111111111112222222222222222'),
    atc: fromHex('FFFF'),
  });
  expect(toHex(pinChangeBlock({ cardKey: key, newPin, currentPin }))).toBe(block);
  expect(toHex(pinChangeData({ algorithm: '3des', cardKey: key, sessionKey, newPin, currentPin }))).toBe(data);
});
