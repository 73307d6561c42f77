import { expect, it } from 'vitest';
import { openGateway } from '../http/gateway-under-test.js';
import { isSignedWith, openReceiver } from './receiver.js';

const [REPORTED, RECORDED, IMPORTED] = ['6228000100000000017', '6228000100000000124', '6228000100000000231'];

const memberWith = (member: string, pan: string, states: readonly object[]) => ({
  member,
  name: '张三',
  mobile: '13800000000',
  cards: [{ pan, generation: 'pboc3', states }],
});
const active = { state: 'active', from: '2015-08-26T00:00:00+08:00' };
const lost = { state: 'lost', from: '2015-10-05T08:00:00+08:00' };

it('a lost card is told of once, however it was recorded, by its token and without its holder', async () => {
  const { call } = await openGateway();
  const receiver = await openReceiver();
  const { body: webhook } = await call('POST', '/v1/webhooks', {
    body: { name: 'gates', url: receiver.url, events: ['card.lost'] },
  });
  const tokenOf = async (pan: string): Promise<string> =>
    (await call('POST', '/v1/cards/lookup', { body: { pan } })).body.token;
  await call('POST', '/v1/members', { body: memberWith('330200001', REPORTED!, [active]) });
  await call('POST', '/v1/members', { body: memberWith('330200002', RECORDED!, [active]) });
  const tokens = [await tokenOf(REPORTED!), await tokenOf(RECORDED!)];
  const loss = { through: 'member', at: lost.from };
  expect((await call('POST', `/v1/cards/${tokens[0]}/losses`, { body: loss })).status).toBe(201);
  for (const status of [201, 200]) {
    expect((await call('POST', `/v1/cards/${tokens[1]}/states`, { body: lost })).status).toBe(status);
  }
  await call('POST', '/v1/members', { body: memberWith('330200003', IMPORTED!, [active, lost]) });
  tokens.push(await tokenOf(IMPORTED!));
  for (let turn = 0; turn < 500 && receiver.received.length < 3; turn++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect(receiver.received).toHaveLength(3);
  const told = new Map(receiver.received.map(({ event }) => [event.subject, event]));
  for (const token of tokens) {
    const { type, data } = told.get(token)!;
    expect([type, data]).toEqual(['card.lost', { cardToken: token, from: expect.any(String) }]);
  }
  for (const received of receiver.received) {
    expect(isSignedWith(webhook.secret, received)).toBe(true);
    expect(received.body).not.toMatch(/张三|3302000|13800000000|62280001/);
  }
});
