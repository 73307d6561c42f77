import { testPan } from '../../../../../simulator/index.js';
import type { Answered, Asker } from '../example-gateway.js';
import { type Chapter, step } from '../example-step.js';
import { rideBus, toldOf } from '../rides.js';
import { forEach, places, type RegisteredMember, type Stage } from '../unit.js';

type Bank = keyof Stage['people']['tellers'];

interface Order {
  readonly order: string;
  readonly member: string;
  readonly bank: Bank;
  readonly readyFrom: string;
}

const banks: readonly Bank[] = ['bank-of-china', 'rural-credit-bank'];
const ISSUERS = { 'bank-of-china': 'bank-of-china', 'rural-credit-bank': 'rural-credit' } as const;

/** The new cards, from the order to the first ride. */
export async function* cards(stage: Stage, members: readonly RegisteredMember[]): Chapter {
  const { town, people } = stage;
  const { tellers, officer } = people;
  const orders = (await Promise.all(banks.map((bank) => ordersOf(tellers[bank])))).flat();
  const byBank = banks.map((bank) => `${orders.filter((order) => order.bank === bank).length} at ${bank}`);
  yield step(
    'each new member has a card on order',
    'the bank is the Bank of China unless the member chooses the rural credit bank',
    byBank.join(', '),
    '179 at bank-of-china, 20 at rural-credit-bank',
  );
  yield step(
    'the day on which they can be ready',
    'after 7 working days by the calendar: the days about 3 September were free, Sunday the 6th was worked',
    [...new Set(orders.map(({ readyFrom }) => readyFrom))].join(', '),
    '2015-09-11',
  );
  const placeOf = new Map(members.map(({ member }, place) => [member, place]));
  const panOf = ({ member, bank }: Order): string => panAt(stage, placeOf.get(member)!, bank);
  const take = (who: Asker, { order }: Order, path: string, body: object = {}) =>
    who.ask('POST', `/v1/card-orders/${order}/${path}`, body);
  const all = async (path: string, who: (order: Order) => Asker, body: (order: Order) => object): Promise<string> => {
    const done = await forEach(orders, (order) => take(who(order), order, path, body(order)));
    const states = done.map(outcomeOf);
    return [...new Set(states)].map((state) => `${states.filter((each) => each === state).length} ${state}`).join(', ');
  };
  const teller = ({ bank }: Order): Asker => tellers[bank];
  const rider = orders.find(({ member }) => member === members[places.rider]!.member)!;

  town.setClock('2015-09-10T10:00:00+08:00');
  yield step(
    'the bank has them ready a day too early',
    'not before the working days are over',
    outcomeOf(await take(teller(rider), rider, 'ready', { pan: panOf(rider) })),
    '409 card-not-ready-yet',
  );
  town.setClock('2015-09-11T10:00:00+08:00');
  yield step(
    'the other bank’s teller wants to',
    'a teller sees what their bank has to do with',
    outcomeOf(await take(tellers['rural-credit-bank'], rider, 'ready', { pan: panOf(rider) })),
    '404 not-found',
  );
  const ready = await all('ready', teller, (order) => ({ pan: panOf(order) }));
  yield step('the banks’ tellers have them ready', 'ordered, made by the bank, ready', ready, '199 ready');

  town.setClock('2015-09-14T09:00:00+08:00');
  yield step(
    'one is to be activated before it was collected',
    'a state that is not allowed from here is refused',
    outcomeOf(await take(officer, rider, 'activation', { isPasswordSet: true })),
    '409 card-step-not-allowed',
  );
  const shown = (order: Order) => {
    const { identityNumber, name } = members[placeOf.get(order.member)!]!;
    return { collector: 'officer', identityNumber, name, lastDigits: panOf(order).slice(-4) };
  };
  const ofAnother = { ...shown(rider), identityNumber: members[places.loser]!.identityNumber };
  yield step(
    'one is to be collected with another’s identity card',
    'who collects shows the member’s identity, name and card number',
    outcomeOf(await take(officer, rider, 'collection', ofAnother)),
    '409 collection-mismatch',
  );
  const collected = await all('collection', () => officer, shown);
  yield step('they are collected', 'the card is collected', collected, '199 collected');
  const digits = (order: Order) => ({ lastDigits: panOf(order).slice(-4), isNameRight: true });
  const checked = await all('check', () => officer, digits);
  yield step('they are checked', 'number and name are checked', checked, '199 checked');
  yield step(
    'one is tapped before it is activated',
    'a card that is not activated has nothing to tap',
    toldOf(await rideBus(stage, 'rider', ['2015-09-14', '09:10:00'])),
    'refused by the gateway: card-inactive',
  );
  town.setClock('2015-09-14T09:20:00+08:00');
  const activated = await all(
    'activation',
    () => officer,
    () => ({ isPasswordSet: true }),
  );
  yield step('they are activated', 'the member activates and sets a password', activated, '199 activated');
  yield step(
    'the first ride',
    'bus at 60% in the urban area until the end of 2015, without a certification',
    toldOf(await rideBus(stage, 'rider', ['2015-09-14', '09:30:00'])),
    '1.20 of 2.00 yuan',
  );
  const { body } = await officer.ask('GET', `/v1/card-orders/${rider.order}`);
  const { body: me } = await officer.ask('GET', '/v1/me');
  const told = body.events.map(({ step: name, by }: { step: string; by: string }) =>
    by === `account:${me.id}` ? `${name} by the officer` : name,
  );
  yield step(
    'what became of a card is read',
    'each step is an event with who, when and why',
    told.join(', '),
    'order, personalize, ready, collect by the officer, check by the officer, activate by the officer',
  );
}

async function ordersOf(teller: Asker): Promise<readonly Order[]> {
  const { body } = await teller.ask('GET', '/v1/card-orders?kind=new&state=ordered&limit=1000');
  return body.orders;
}

/** Those who ride have a card that is there; the others' numbers are test numbers too. */
function panAt({ town }: Stage, place: number, bank: Bank): string {
  if (place === places.rider) return town.panOf('rider');
  if (place === places.loser) return town.panOf('loser');
  return testPan(ISSUERS[bank], 51_000 + place);
}

/** The state after the step, or status and code of what was refused. */
export const outcomeOf = ({ status, body }: Answered): string =>
  status < 300 ? (body.order?.state ?? body.state) : `${status} ${body.code}`;
