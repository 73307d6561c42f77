import { type Chapter, step } from '../example-step.js';
import { rideBus, toldOf } from '../rides.js';
import { places, type RegisteredMember, type Stage } from '../unit.js';
import { outcomeOf } from './cards.js';

const NEW_ADDRESS = '宁波市江东区中兴路51号';

/** An old card of PBOC 2.0 becomes one of PBOC 3.0, over the National Day. */
export async function* exchange(stage: Stage, members: readonly RegisteredMember[]): Chapter {
  const { town, people } = stage;
  const { administrator } = people;
  const teller = people.tellers['bank-of-china'];
  const { member, identityNumber, name } = members[places.old]!;
  yield step(
    'a tap with the PBOC 2.0 card',
    'only a PBOC 3.0 card can be tapped: a gate finds nothing on the old one',
    toldOf(await rideBus(stage, 'old', ['2015-09-25', '08:00:00'])),
    'refused at the terminal: no-payment-directory',
  );
  town.setClock('2015-09-25T10:00:00+08:00');
  const { body: named } = await administrator.ask('POST', '/v1/cards/lookup', { pan: town.panOf('old') });
  const { token, mask } = named;
  const onCard = (path: string, body: object) => teller.ask('POST', `/v1/cards/${token}/${path}`, body);
  const unasked = await onCard('exchanges', { mobile: { isConfirmed: true } });
  yield step(
    'an exchange without the teller’s check',
    'the teller checks mobile number and address',
    `${unasked.status} ${unasked.body.code}`,
    '400 request-invalid',
  );
  const check = { mobile: { isConfirmed: true }, address: { corrected: NEW_ADDRESS } };
  const ordered = await onCard('exchanges', check);
  const { order, readyFrom, feeFen, cardMask, sequenceNumber } = ordered.body.order;
  yield step(
    'the exchange is ordered',
    'free, the same number, the sequence number raised; ready after 7 working days, those of National Day left out',
    `${ordered.status}: ${feeFen} fen, ${cardMask === mask ? 'the same number' : cardMask}, sequence number ${sequenceNumber}, from ${readyFrom}`,
    '201: 0 fen, the same number, sequence number 1, from 2015-10-12',
  );
  const { body: clear } = await administrator.ask('POST', `/v1/members/${member}/reveal`, {
    reason: 'the teller’s correction',
  });
  yield step('the address is corrected', 'the teller corrects what has changed', clear.address, NEW_ADDRESS);
  const take = (who: typeof teller, path: string, body: object = {}) =>
    who.ask('POST', `/v1/card-orders/${order}/${path}`, body);
  town.setClock('2015-10-10T10:00:00+08:00');
  yield step(
    'the exchanged card is ready too early',
    'Saturday 10 October was worked, but is the sixth day only',
    outcomeOf(await take(teller, 'ready')),
    '409 card-not-ready-yet',
  );
  town.setClock('2015-10-12T10:00:00+08:00');
  const lastDigits = town.panOf('old').slice(-4);
  const shown = { collector: 'member', identityNumber, name, lastDigits };
  const steps = [
    await take(teller, 'ready'),
    await take(teller, 'collection', shown),
    await take(teller, 'check', { lastDigits, isNameRight: true }),
  ];
  yield step(
    'the exchanged card is collected and checked',
    'the new card can be collected after 7 working days',
    steps.map(outcomeOf).join(', '),
    'ready, collected, checked',
  );
  yield step(
    'it is tapped before it is activated',
    'until then the card is of PBOC 2.0, and refused with this reason',
    toldOf(await rideBus(stage, 'exchanged', ['2015-10-12', '10:10:00'])),
    'refused by the gateway: card-generation',
  );
  town.setClock('2015-10-12T10:20:00+08:00');
  const activated = outcomeOf(await take(teller, 'activation', { isPasswordSet: true }));
  yield step('the exchanged card is activated', 'activated like a new one', activated, 'activated');
  yield step(
    'a tap after the exchange',
    'a PBOC 3.0 card is accepted, with the rate of the member',
    toldOf(await rideBus(stage, 'exchanged', ['2015-10-12', '10:30:00'])),
    '1.20 of 2.00 yuan',
  );
}
