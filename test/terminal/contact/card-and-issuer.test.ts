import { expect, test } from 'vitest';
import { createCertificationAuthorityKeyStore, fromAscii, toHex } from '../../../emv/index.js';
import { issueChanged } from '../../simulator/card-in-hand.js';
import { CardAndIssuer } from './card-and-issuer.js';

const PIN = '123456';
const online = { terminal: { requestsOnline: true } };
const cryptogramsAsked = (trace: readonly { readonly name: string; readonly command: Uint8Array }[]) =>
  trace.filter(({ name }) => name === 'generate-ac').map(({ command }) => toHex(command.subarray(2, 3)));

test('offline, with the PIN and the combined authentication', async () => {
  const { outcome, tvr, tsi, cvm, trace } = await CardAndIssuer.of('service-card-51').meet({ pins: [PIN] });
  expect(outcome).toMatchObject({
    outcome: 'approved-offline',
    authorizationResponseCode: 'Y1',
    cryptogramType: 'TC',
    offlineDataAuthentication: { ok: true },
  });
  expect({ tvr, tsi, cvm }).toEqual({ tvr: '0000000000', tsi: 'E800', cvm: '410302' });
  expect(cryptogramsAsked(trace)).toEqual(['50']);
  expect(trace.map(({ name }) => name).slice(0, 5)).toEqual([
    'select-pse',
    'read-directory',
    'read-directory',
    'select-application',
    'get-processing-options',
  ]);
});

test('dynamic authentication, where the terminal does no combined one', async () => {
  const meeting = { pins: [PIN], data: { '9F33': 'E0F8C0' } };
  const { outcome, tvr, tsi, trace } = await CardAndIssuer.of('service-card-51').meet(meeting);
  expect(outcome).toMatchObject({ outcome: 'approved-offline', offlineDataAuthentication: { ok: true } });
  expect({ tvr, tsi }).toEqual({ tvr: '0000000000', tsi: 'E800' });
  expect(trace.some(({ name }) => name === 'internal-authenticate')).toBe(true);
  expect(toHex(outcome.data.get('9F4C')!)).toBe('0001');
  expect(cryptogramsAsked(trace)).toEqual(['40']);
});

test('static authentication of an old card, whose version differs', async () => {
  const { outcome, tvr, tsi } = await CardAndIssuer.of('old-card-pboc2').meet({ pins: [PIN] });
  expect(outcome).toMatchObject({ outcome: 'approved-online', offlineDataAuthentication: { ok: true } });
  expect(outcome.data.get('9F45')).toHaveLength(2);
  expect(tvr.slice(0, 4)).toBe('0080');
  expect(tsi).toBe('F800');
});

test.each([
  ['that has no host now', '22', 'Z3', ['80', '00']],
  ['that is offline-only', '23', 'Z1', ['00']],
])(
  'a failed combined authentication at a terminal %s: no approval, though its action codes are zeros',
  async (...row) => {
    const [, terminalType, code, asked] = row;
    const { outcome, tvr, trace } = await CardAndIssuer.of('service-card-51').meet({
      pins: [PIN],
      data: { '9F35': terminalType },
      terminal: { caKeys: createCertificationAuthorityKeyStore([]) },
      host: false,
    });
    expect(tvr).toBe('0400000000');
    expect(cryptogramsAsked(trace)).toEqual(asked);
    expect(outcome).toMatchObject({ outcome: 'declined', authorizationResponseCode: code });
  },
);

test('a key that the terminal does not know: failed, and the issuer decides', async () => {
  const { outcome, tvr, trace } = await CardAndIssuer.of('service-card-51').meet({
    pins: [PIN],
    terminal: { caKeys: createCertificationAuthorityKeyStore([]) },
  });
  expect(cryptogramsAsked(trace), 'no signature is asked for').toEqual(['80', '00']);
  expect(outcome).toMatchObject({
    outcome: 'declined',
    reason: 'declined-by-issuer',
    offlineDataAuthentication: { ok: false, reason: 'ca-key-missing' },
  });
  expect(tvr.slice(0, 2)).toBe('04');
});

test('online: the issuer is authenticated by the card, and the card by the issuer', async () => {
  const both = CardAndIssuer.of('service-card-51');
  const { outcome, tvr, tsi, trace } = await both.meet({ pins: [PIN], ...online });
  expect(outcome).toMatchObject({
    outcome: 'approved-online',
    reason: 'approved-by-issuer',
    authorizationResponseCode: '00',
    reversalRequired: false,
  });
  expect({ tvr, tsi }).toEqual({ tvr: '0000000000', tsi: 'F800' });
  expect(cryptogramsAsked(trace)).toEqual(['90', '50']);
  expect(both.account.availableFen).toBe(100_000 - 1_000);
  expect(both.card.inspect().applications[0]!.counters.lastOnlineApplicationTransactionCounter).toBe(1);
});

test('the issuer declines', async () => {
  const both = CardAndIssuer.of('service-card-51');
  const { outcome, trace } = await both.meet({ pins: [PIN], data: { '9F02': '000000900000' } });
  expect(outcome).toMatchObject({ outcome: 'declined', reason: 'declined-by-issuer', authorizationResponseCode: '51' });
  expect(cryptogramsAsked(trace)).toEqual(['90', '00']);
  expect(both.account.availableFen).toBe(100_000);
});

test('an answer that is not the issuer’s: authentication fails, 95 says so', async () => {
  const { outcome, tvr } = await CardAndIssuer.of('service-card-51').meet({
    pins: [PIN],
    ...online,
    tamper: (answer) => ({
      ...answer,
      issuerAuthenticationData: Uint8Array.from([...new Uint8Array(8), ...fromAscii('00')]),
    }),
  });
  expect(tvr).toBe('0000000040');
  expect(outcome.authorizationResponseCode).toBe('00');
});

test('no host: the default action codes of the card decide', async () => {
  const fine = await CardAndIssuer.of('service-card-51').meet({ pins: [PIN], ...online, host: false });
  expect(fine.outcome).toMatchObject({ outcome: 'approved-offline', authorizationResponseCode: 'Y3' });
  const expired = await CardAndIssuer.of('service-card-51').meet({
    pins: [PIN],
    terminal: { date: '2036-01-04' },
    host: false,
  });
  expect(expired.outcome).toMatchObject({ outcome: 'declined', authorizationResponseCode: 'Z3' });
});

test('a PIN: wrong, wrong, right; then wrong until it is blocked, and blocked from the start', async () => {
  const both = CardAndIssuer.of('service-card-51');
  const right = await both.meet({ pins: ['111111', '222222', PIN] });
  expect(right.cvm).toBe('410302');
  expect(both.requests).toMatchObject([
    { triesLeft: 3, previousWrong: false },
    { triesLeft: 2, previousWrong: true },
    { triesLeft: 1, previousWrong: true },
  ]);
  const wrong = await both.meet({ pins: ['1111', '1111', '1111', PIN], host: false });
  expect(wrong.tvr).toBe('0000240000');
  expect(wrong.cvm, 'online PIN comes next in the list').toBe('420300');
  const blocked = await both.meet({ pins: [PIN], host: false });
  expect(blocked.trace.some(({ name }) => name === 'verify')).toBe(false);
  expect(blocked.tvr).toBe('0000240000');
});

test('electronic cash pays without floor limit and issuer; the receipt has the balance from 9F10', async () => {
  const both = CardAndIssuer.of('service-card-51');
  const before = both.balanceFen;
  const { outcome, trace } = await both.meet({
    pins: [PIN],
    data: { '9F7A': '01', '9F7B': '000000100000', '9F1B': '00000000' },
  });
  expect(outcome).toMatchObject({ outcome: 'approved-offline', electronicCash: { balance: before - 1_000 } });
  expect(toHex(outcome.electronicCash!.authorizationCode)).toBe(toHex(fromAscii('ECC001')));
  expect(both.balanceFen).toBe(before - 1_000);
  expect(trace.filter(({ name }) => name === 'get-data').map(({ command }) => toHex(command))).toEqual(
    expect.arrayContaining(['80CA9F7900', '80CA9F6D00']),
  );
});

test('an amount at the terminal’s limit is no electronic cash', async () => {
  const both = CardAndIssuer.of('service-card-51');
  const before = both.balanceFen;
  const { outcome } = await both.meet({ pins: [PIN], data: { '9F7A': '01', '9F7B': '000000001000' } });
  expect(outcome.electronicCash).toBeUndefined();
  expect(toHex(outcome.data.get('9F7A')!)).toBe('00');
  expect(both.balanceFen).toBe(before);
});

test('electronic cash that falls below the reset threshold goes online with the online PIN', async () => {
  const both = new CardAndIssuer(issueChanged('service-card-51', { electronicCash: { resetThresholdFen: 9_500 } }));
  const { outcome, tvr } = await both.meet({ pins: [PIN, PIN], data: { '9F7A': '01', '9F7B': '000000100000' } });
  expect(outcome).toMatchObject({
    outcome: 'approved-online',
    cardholderVerification: { onlinePinEntered: true },
  });
  expect(tvr.slice(4, 6)).toBe('04');
  expect(both.balanceFen, 'an online purchase leaves the purse alone').toBe(10_000);
});

test('a card that leaves ends the transaction at any command', async () => {
  const { trace } = await CardAndIssuer.of('service-card-51').meet({ pins: [PIN], ...online });
  for (let place = 0; place < trace.length; place++) {
    const both = CardAndIssuer.of('service-card-51');
    const { transmit } = both.card;
    let sent = 0;
    both.card.transmit = (command) => {
      if (sent++ === place) return new Uint8Array(0);
      return transmit.call(both.card, command);
    };
    const torn = await both.meet({ pins: [PIN], ...online });
    expect(torn.outcome, `command ${place}`).toMatchObject({ outcome: 'terminated', reason: 'card-removed' });
    expect(torn.tear).toBe('communication-error');
    expect(torn.outcome.reversalRequired).toBe(place >= trace.length - 2);
  }
});

test('a terminal without ports has no pad, no host, no clerk', async () => {
  const { outcome, tvr, cvm } = await CardAndIssuer.of('service-card-51').meet({
    ports: { enterPin: undefined as never },
    host: false,
  });
  expect(cvm).toBe('1E0300');
  expect(tvr).toBe('0000100000');
  expect(outcome.outcome).toBe('declined');
});

test('a load: the issuer’s script sets the purse, its result comes back, the load log has it', async () => {
  const both = CardAndIssuer.of('service-card-51');
  const { outcome, tvr, tsi } = await both.meet({ pins: [PIN], ...online, request: { kind: 'load' } });
  expect(outcome).toMatchObject({ outcome: 'approved-online', authorizationResponseCode: '00' });
  expect(outcome.scriptResults.map(toHex)).toEqual(['2000000001']);
  expect({ tvr, tsi }).toEqual({ tvr: '0000000000', tsi: 'FC00' });
  expect(both.balanceFen).toBe(10_000 + 1_000);
  expect(both.account.availableFen).toBe(100_000 - 1_000);
});

test('a PIN changed by script is the PIN of the next transaction', async () => {
  const both = CardAndIssuer.of('service-card-51', [{ kind: 'change-pin', newPin: '654321' }]);
  const changed = await both.meet({ pins: [PIN], ...online });
  expect(changed.outcome.scriptResults.map(toHex)).toEqual(['2000000001']);
  const next = await both.meet({ pins: [PIN, '654321'] });
  expect(next.cvm).toBe('410302');
  expect(both.requests.map(({ previousWrong }) => previousWrong)).toEqual([false, false, true]);
});

test('an application blocked by script is left out from the next transaction on', async () => {
  const both = CardAndIssuer.of('service-card-51', [{ kind: 'block-application' }]);
  expect((await both.meet({ pins: [PIN], ...online })).outcome.outcome).toBe('approved-online');
  expect((await both.meet({ pins: [PIN] })).outcome).toMatchObject({ outcome: 'terminated' });
});

test('a script that was tampered with: the card refuses it, 95 and the result say so', async () => {
  const both = CardAndIssuer.of('service-card-51', [{ kind: 'block-application' }]);
  const { outcome, tvr } = await both.meet({
    pins: [PIN],
    ...online,
    tamper: (answer) => ({
      ...answer,
      scripts: (answer.scripts ?? []).map((script) => {
        const changed = script.slice();
        changed[changed.length - 1]! ^= 0x01;
        return changed;
      }),
    }),
  });
  expect(tvr).toBe('0000000010');
  expect(outcome.scriptResults.map(toHex)).toEqual(['1100000001']);
  expect((await both.meet({ pins: [PIN] })).outcome.outcome).not.toBe('terminated');
});
