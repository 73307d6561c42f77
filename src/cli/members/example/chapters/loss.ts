import { join } from 'node:path';
import { type DenyList, openListStore, pullLists, readTerminalLists } from '../../../../terminal/index.js';
import { logInAs } from '../example-gateway.js';
import { type Chapter, step } from '../example-step.js';
import { rideBus, toldOf } from '../rides.js';
import { places, type RegisteredMember, type Stage } from '../unit.js';
import { outcomeOf } from './cards.js';

/** A card is lost, kept out at once, and replaced by another for 10 yuan. */
export async function* loss(stage: Stage, members: readonly RegisteredMember[]): Chapter {
  const { town, people } = stage;
  const { administrator, officer } = people;
  const { member, identityNumber, name } = members[places.loser]!;
  town.setClock('2016-01-14T08:00:00+08:00');
  await administrator.ask('POST', '/v1/lists/deny/publications', {});
  const before = await pullDenyList(stage);
  yield step(
    'a ride before the card is lost',
    'the bus at 60% for who is certified',
    toldOf(await rideBus(stage, 'loser', ['2016-01-14', '08:10:00'], before)),
    '1.20 of 2.00 yuan',
  );
  town.setClock('2016-01-14T09:00:00+08:00');
  const own = await logInAs(town.gateway.url, officer, { name: 'member.loser', roles: ['member'], member }, town.now);
  const { body: listed } = await own.ask('GET', '/v1/cards');
  const { token } = listed.cards[0];
  const lost = await own.ask('POST', `/v1/cards/${token}/losses`, { through: 'member' });
  yield step('the member reports the card lost', 'loss is reported by member or officer', outcomeOf(lost), 'lost');
  const denyList = await pullDenyList(stage);
  yield step(
    'somebody taps it where lists are pulled',
    'on the deny list at once',
    toldOf(await rideBus(stage, 'loser', ['2016-01-14', '09:01:00'], denyList)),
    'refused at the terminal: exception-file',
  );
  yield step(
    'somebody taps it where the list is old',
    'a lost card has no benefit from the report on',
    toldOf(await rideBus(stage, 'loser', ['2016-01-14', '09:10:00'], before)),
    'refused by the gateway: card-lost',
  );
  yield* replacement(stage, { token, identityNumber, name });
}

/** The terminal's own lists, brought up to date over HTTP, signed by the gateway. */
async function pullDenyList({ town, folder }: Stage): Promise<DenyList | undefined> {
  const store = await openListStore(join(folder, 'lists'), { clock: town.now });
  const { url, key } = town.gateway;
  await pullLists(store, { url, apiKey: key, fetch }, { kinds: ['deny'] });
  return readTerminalLists(store, town.now()).denyList;
}

async function* replacement(
  stage: Stage,
  { token, ...person }: { readonly token: string; readonly identityNumber: string; readonly name: string },
): Chapter {
  const { town, people } = stage;
  const { officer, administrator } = people;
  const teller = people.tellers['rural-credit-bank'];
  town.setClock('2016-01-14T09:20:00+08:00');
  const ordered = await officer.ask('POST', `/v1/cards/${token}/replacements`, {});
  const { order, feeFen, feeState, readyFrom } = ordered.body.order;
  yield step(
    'another card is ordered in its place',
    'replacement costs 10 yuan; ready after 7 working days',
    `${feeFen} fen ${feeState}, from ${readyFrom}`,
    '1000 fen due, from 2016-01-25',
  );
  const take = (path: string, body: object = {}) => teller.ask('POST', `/v1/card-orders/${order}/${path}`, body);
  const pan = town.panOf('replacement');
  const lastDigits = pan.slice(-4);
  const shown = { collector: 'member', ...person, lastDigits };
  town.setClock('2016-01-22T10:00:00+08:00');
  const early = outcomeOf(await take('ready', { pan }));
  yield step('it is ready too early', 'not before the working days are over', early, '409 card-not-ready-yet');
  town.setClock('2016-01-25T10:00:00+08:00');
  await take('ready', { pan });
  const unpaid = outcomeOf(await take('collection', shown));
  yield step('it is collected without the fee', 'the fee is paid before', unpaid, '409 card-fee-due');
  const paid = await take('fee/payment');
  const { body: balance } = await administrator.ask('GET', '/v1/ledger/trial-balance');
  const accountFen = (wanted: string): number =>
    balance.accounts.find(({ account }: { account: string }) => account === wanted)?.balanceFen ?? 0;
  yield step(
    'the fee is paid and booked',
    'the fee is booked, and the books balance',
    `${paid.body.order.feeState}: fees ${accountFen('fees')} fen, bank ${accountFen('bank')} fen, sum ${balance.sumFen}`,
    'paid: fees -1000 fen, bank 1000 fen, sum 0',
  );
  const steps = [
    await take('collection', shown),
    await take('check', { lastDigits, isNameRight: true }),
    await take('activation', { isPasswordSet: true }),
  ];
  const { body: life } = await teller.ask('GET', `/v1/cards/${token}/events`);
  yield step(
    'the other card is used in its stead',
    'the lost card is closed for good',
    `${steps.map(outcomeOf).join(', ')}; the lost one ${life.state}`,
    'collected, checked, activated; the lost one closed',
  );
  yield step(
    'a ride with the other card',
    'the certification is the member’s, whatever their card',
    toldOf(await rideBus(stage, 'replacement', ['2016-01-25', '18:00:00'])),
    '1.20 of 2.00 yuan',
  );
}
