import { type Chapter, step } from '../example-step.js';
import { places, type RegisteredMember, type Stage, UNIT } from '../unit.js';

const QUOTA = 5;
const RUSH = 40;

/** An offer that forty want, and a loan. */
export async function* benefits(stage: Stage, members: readonly RegisteredMember[]): Chapter {
  yield* offer(stage, members);
  yield* loan(stage, members);
}

async function* offer({ town, people: { city } }: Stage, members: readonly RegisteredMember[]): Chapter {
  town.setClock('2016-01-26T10:00:00+08:00');
  const item = { item: 'ticket', name: 'ticket', nameZh: '门票', quota: QUOTA };
  const wanted = {
    offer: 'tickets-2016',
    kind: 'ticket',
    name: 'Tickets',
    nameZh: '门票',
    items: [item],
    opens: '2016-01-26T09:00:00+08:00',
    closes: '2016-01-31T18:00:00+08:00',
    sponsor: 'ningbo-union',
    valueFen: 6000,
    priceFen: 1000,
    collectWithinHours: 72,
  };
  const made = await city.ask('POST', '/v1/offers', wanted);
  yield step(
    'the city’s officer publishes an offer',
    'limited offers: phones, tours, tickets',
    `${made.status}`,
    '201',
  );
  const claim = (place: number) =>
    city.ask('POST', '/v1/offers/tickets-2016/claims', { member: members[place]!.member, item: 'ticket' });
  const none = await claim(places.forgets);
  yield step(
    'a claim of a member who is not certified',
    'certified members only, while there are some left',
    `${none.status} ${none.body.code}`,
    '422 not-certified',
  );
  const rush = await Promise.all(Array.from({ length: RUSH }, (_, place) => claim(place)));
  const told = rush.map(({ status, body }) => (status === 201 ? body.state : `${status} ${body.code}`));
  const count = (result: string) => told.filter((each) => each === result).length;
  yield step(
    `${RUSH} claims at once for ${QUOTA} tickets`,
    'first come, first served: never more than the quota',
    `${count('claimed')} claimed, ${count('422 sold-out')} sold out`,
    `${QUOTA} claimed, ${RUSH - QUOTA} sold out`,
  );
  const again = await claim(told.indexOf('claimed'));
  yield step(
    'one who has a ticket claims another',
    'one for each member',
    `${again.status} number ${again.body.number}`,
    `200 number ${rush[told.indexOf('claimed')]?.body.number}`,
  );
}

async function* loan({ people: { city } }: Stage, members: readonly RegisteredMember[]): Chapter {
  const { member } = members[places.rider]!;
  const from = '2015-01-01T00:00:00+08:00';
  const asked = { member, kind: 'credit', amountFen: 5_000_000, months: 12, plan: 'equal-instalments' };
  const unknown = await city.ask('POST', '/v1/loans/quotes', asked);
  yield step(
    'a loan before the residence is known',
    'for members with Ningbo residence, or outstanding migrant workers with a residence permit',
    unknown.body.eligible ? 'eligible' : 'not eligible',
    'not eligible',
  );
  await city.ask('POST', `/v1/loans/attributes/${member}`, {
    attribute: 'residence',
    value: 'ningbo',
    from,
    reason: 'household register seen',
  });
  await city.ask('POST', '/v1/loans/contributions', { unit: UNIT, class: 'B', from, reason: 'the lender’s letter' });
  const quote = await city.ask('POST', '/v1/loans/quotes', asked);
  yield step(
    'a loan of 50,000 yuan is quoted',
    'below the rate of the same kind by the unit’s deposit contribution: 4.35%, three tenths more, 15% less',
    `${quote.body.eligible ? 'eligible' : 'not eligible'}, ${quote.body.annualRatePpm} millionths a year`,
    'eligible, 48068 millionths a year',
  );
  const tooMuch = await city.ask('POST', '/v1/loans/quotes', { ...asked, amountFen: 40_000_000 });
  yield step(
    'a credit loan of 400,000 yuan',
    'credit loans generally at most 300,000 yuan',
    `${tooMuch.body.eligible ? 'eligible' : 'not eligible'}, at most ${tooMuch.body.limitFen} fen`,
    'not eligible, at most 30000000 fen',
  );
}
