import { type Chapter, step } from '../example-step.js';
import { places, type RegisteredMember, type Stage } from '../unit.js';

/** A member leaves, and then is forgotten. */
export async function* leaving({ town, people }: Stage, members: readonly RegisteredMember[]): Chapter {
  const { administrator, city } = people;
  const { member, name } = members[places.leaver]!;
  const place = `/v1/members/${member}`;
  const reason = { reason: 'asked for in writing after leaving' };
  const early = await administrator.ask('POST', `${place}/erasure`, reason);
  yield step(
    'a member asks to be erased',
    'who is a member cannot be erased',
    `${early.status} ${early.body.code}`,
    '409 member-not-left',
  );
  town.setClock('2016-01-26T10:10:00+08:00');
  await administrator.ask('POST', `${place}/memberships`, { change: 'left', from: '2016-01-26T10:05:00+08:00' });
  const { body: status } = await city.ask('GET', `${place}/status`);
  yield step(
    'the member leaves',
    'certification is withdrawn when a member leaves',
    `${status.entitled ? 'entitled' : 'not entitled'}: ${status.reason}`,
    'not entitled: member-left',
  );
  const { body: listed } = await city.ask('GET', `/v1/cards?member=${member}`);
  const { body: life } = await city.ask('GET', `/v1/cards/${listed.cards[0].token}/events`);
  yield step('their card is looked at', 'the card has no benefit from the leaving on', life.state, 'withdrawn');
  const exported = await administrator.ask('GET', `${place}/export`);
  yield step(
    'what is kept of them is taken out',
    'all that is kept of a member can be exported',
    `${exported.status}, ${JSON.stringify(exported.body).includes(members[places.leaver]!.identityNumber) ? 'in clear' : 'without the identity number'}`,
    '200, in clear',
  );
  const erased = await administrator.ask('POST', `${place}/erasure`, reason);
  const { body: after } = await administrator.ask('GET', place);
  const { body: balance } = await administrator.ask('GET', '/v1/ledger/trial-balance');
  yield step(
    'and is erased',
    'personal data goes for good, the books stay',
    `${erased.status}, ${after.name === name || after.mobile !== undefined ? 'still known' : 'forgotten'}, the books sum to ${balance.sumFen}`,
    '200, forgotten, the books sum to 0',
  );
}
