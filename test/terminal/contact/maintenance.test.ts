import { beforeEach, expect, test } from 'vitest';
import { CardAndIssuer, type Meeting } from './card-and-issuer.js';

/** A device of the bank's own, and a card whose application is blocked. */
const device: Meeting = {
  terminal: { maintains: true },
  request: { kind: 'maintenance' },
  data: { '9F02': '000000000000' },
};
let both: CardAndIssuer;

const blockedOf = () => both.card.inspect().applications[0]!.blocked;

beforeEach(async () => {
  both = CardAndIssuer.of('service-card-51', [{ kind: 'block-application' }]);
  await both.meet({ pins: ['123456'], terminal: { requestsOnline: true } });
  both.account = { ...both.account, sent: [], orders: [{ kind: 'unblock-application' }] };
  expect(blockedOf()).toBe('application');
});

test('a blocked application is selected, asked for an AAC, and unblocked by the answer to it', async () => {
  const { outcome, trace, tsi } = await both.meet(device);
  expect(outcome).toMatchObject({ outcome: 'approved-online', cryptogramType: 'AAC', authorizationResponseCode: '00' });
  const names = trace.map(({ name }) => name).filter((name) => name !== 'read-record');
  expect(names).toEqual([
    'select-application',
    'get-processing-options',
    'generate-ac',
    'external-authenticate',
    'issuer-script',
  ]);
  expect(tsi).toBe('3400');
  expect(blockedOf()).toBeUndefined();
});

test('without the issuer nothing is done', async () => {
  const { outcome } = await both.meet({ ...device, host: false });
  expect(outcome).toMatchObject({ outcome: 'declined', reason: 'online-impossible' });
  expect(blockedOf()).toBe('application');
});

test('a script that was changed on the way does nothing, and is told so', async () => {
  const { outcome } = await both.meet({
    ...device,
    tamper: (answer) => ({
      ...answer,
      scripts: answer.scripts!.map((script) => script.map((byte, at) => (at === script.length - 1 ? byte ^ 1 : byte))),
    }),
  });
  expect(outcome).toMatchObject({ outcome: 'declined', reason: 'declined-by-card' });
  expect(blockedOf()).toBe('application');
});

test('a card that answers with another cryptogram than an AAC is found out', async () => {
  const { transmit } = both.card;
  both.card.transmit = (command) => {
    const answer = transmit.call(both.card, command);
    const at = answer.findIndex((byte, index) => byte === 0x9f && answer[index + 1] === 0x27);
    return command[1] === 0xae ? answer.map((byte, index) => (index === at + 3 ? 0x40 : byte)) : answer;
  };
  const { outcome } = await both.meet(device);
  expect(outcome).toMatchObject({ outcome: 'terminated', reason: 'cryptogram-type-wrong' });
});

test('a card that leaves ends it at any command, and comes back as it was or unblocked', async () => {
  const { trace } = await both.meet(device);
  for (let place = 0; place < trace.length; place++) {
    both.account = { ...both.account, sent: [], orders: [{ kind: 'unblock-application' }] };
    const { transmit } = both.card;
    let sent = 0;
    both.card.transmit = (command) => (sent++ === place ? new Uint8Array(0) : transmit.call(both.card, command));
    const { outcome } = await both.meet(device);
    both.card.transmit = transmit;
    expect(outcome, `command ${place}`).toMatchObject({ outcome: 'terminated', reason: 'card-removed' });
  }
});
