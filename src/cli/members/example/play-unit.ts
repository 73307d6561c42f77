import type { PlayedScene } from '../../demo/play-scene.js';
import { playScene } from '../../demo/play-scene.js';
import { tapSchemaView } from '../../receipt/posted-tap.js';
import { type Asker, askWithKey, logInAs } from './example-gateway.js';
import { type StepOutcome, step } from './example-step.js';
import type { ExampleTown } from './example-town.js';
import { type MadeUpMember, makeUpMembers } from './made-up-members.js';
import { spoilRows, toCsv, WRONG_ROWS } from './unit-list.js';

export const UNIT_SIZE = 200;
const UNIT = 'h-012';
const PORT_UNIT = 'h-013';

/** What the chapters share. */
interface Unit {
  readonly town: ExampleTown;
  readonly folder: string;
  readonly administrator: Asker;
  readonly members: readonly MadeUpMember[];
}

type Outcomes = AsyncGenerator<StepOutcome>;

/** A year of a unit of 200 members, step by step; each is a real request, tap or log-in. */
export async function* playUnit(town: ExampleTown, folder: string): Outcomes {
  const administrator = askWithKey(town.gateway.url, town.gateway.key);
  const unit: Unit = { town, folder, administrator, members: makeUpMembers(UNIT_SIZE) };
  const officer = yield* hierarchy(unit);
  yield* membersOfTheUnit(unit);
  yield* privacy(unit, officer);
  yield* certification(unit);
  yield* loss(unit);
  yield* offer(unit);
  yield* loan(unit);
  yield* leaving(unit);
}

async function* hierarchy({ town, administrator }: Unit): AsyncGenerator<StepOutcome, Asker> {
  const units = [
    { unit: 'ningbo', name: '宁波市总工会', level: 'city' },
    { unit: 'jiangdong', name: '江东区总工会', level: 'district', parent: 'ningbo' },
    { unit: UNIT, name: '百丈街道第一工会', level: 'grass-roots', parent: 'jiangdong' },
    { unit: PORT_UNIT, name: '宁波港第三工会', level: 'grass-roots', parent: 'jiangdong' },
  ];
  const made = await administrator.ask('POST', '/v1/units/import', units);
  yield step(
    'the hierarchy of unions',
    'unions stand below one another: city, district or trade, grass roots',
    `${units.length} units`,
    made.status === 201,
  );
  const person = { name: 'officer.h012', roles: ['unit-officer'], unit: UNIT };
  const officer = await logInAs(town.gateway.url, administrator, person, town.now);
  const { body: me } = await officer.ask('GET', '/v1/me');
  yield step(
    'the unit’s officer logs in',
    'an officer logs in with a password and a second factor',
    `second factor ${me.secondFactorNeeded ? 'missing' : 'set up'}`,
    me.secondFactorNeeded === false,
  );
  return officer;
}

async function* membersOfTheUnit({ town, administrator, members }: Unit): Outcomes {
  town.setClock('2015-09-01T09:00:00+08:00');
  const cards = new Map([
    [members[0]!.member, { pan: town.panOf('rider'), generation: 'pboc3' }],
    [members[1]!.member, { pan: town.panOf('loser'), generation: 'pboc3' }],
    [members[2]!.member, { pan: town.panOf('old'), generation: 'pboc2' }],
  ]);
  const good = members.map((member) => ({ ...member, unitId: UNIT, ...cards.get(member.member) }));
  const upload = (rows: readonly object[]) => administrator.ask('POST', '/v1/members/import', toCsv(rows), 'text/csv');
  const wrong = await upload(spoilRows(good));
  const lines = new Set((wrong.body.errors ?? []).map(({ line }: { line: number }) => line));
  yield step(
    `a list of ${UNIT_SIZE} with ${WRONG_ROWS} wrong rows`,
    'every row is checked, and answered with its line, its column and the reason',
    `${lines.size} rows wrong, nothing recorded`,
    wrong.status === 400 && lines.size === WRONG_ROWS,
  );
  const corrected = await upload(good);
  yield step(
    'the list corrected',
    'a list that is right is taken',
    `${corrected.body.records} records`,
    corrected.status === 200 && corrected.body.records === UNIT_SIZE,
  );
  const again = await upload(good);
  yield step(
    'the same list again',
    'the same file twice changes nothing',
    `${again.body.members} new`,
    again.status === 200 && again.body.members === 0 && again.body.cards === 0,
  );
}

async function* privacy({ members, administrator }: Unit, officer: Asker): Outcomes {
  const place = `/v1/members/${members[0]!.member}`;
  const seen = await officer.ask('GET', place);
  yield step(
    'the officer looks at a member',
    'identity numbers, mobile numbers and addresses are masked on screens',
    `${seen.body.identityNumber} ${seen.body.mobile} ${seen.body.address}`,
    /^\d{4}\*{10}\d{3}[\dX]$/.test(seen.body.identityNumber) && /^138\*{4}/.test(seen.body.mobile),
  );
  const reason = 'the member asked at the counter what is kept';
  const clear = await officer.ask('POST', `${place}/reveal`, { reason });
  yield step(
    'the officer asks for it in clear',
    'every view of personal data is in the audit log, with its reason',
    clear.status === 200 ? 'told, and written down' : `refused ${clear.status}`,
    clear.body.mobile === members[0]!.mobile,
  );
  const stranger = { member: 'H013-0001', name: '外来', unitId: PORT_UNIT };
  await administrator.ask('POST', '/v1/members', stranger);
  const other = await officer.ask('GET', `/v1/members/${stranger.member}`);
  yield step(
    'the officer looks for a member of another unit',
    'an officer sees their own unit and below',
    `${other.status} ${other.body.code ?? ''}`,
    other.status === 404,
  );
}

async function* certification({ town, folder, administrator, members }: Unit): Outcomes {
  const before = await ride(town, folder, 'rider', '2016-01-11', '08:05:00');
  yield ridden(
    'a ride in 2016 before the certification',
    'without the certification for the year every benefit is lost',
    before,
    (net, fare) => net === fare,
  );
  town.setClock('2016-01-12T09:00:00+08:00');
  const at = '2016-01-12T09:00:00+08:00';
  const byOfficer = members.slice(0, 190).map(({ member }) => member);
  const bulk = await administrator.ask('POST', '/v1/certifications/bulk', {
    members: byOfficer,
    year: 2016,
    at,
    by: 'officer',
  });
  yield step(
    'the officer certifies in bulk',
    'from 2016 each member is certified every year, by an officer or by themself',
    `${bulk.body.certifications} certified`,
    bulk.status === 201 && bulk.body.certifications === 190,
  );
  const own = members.slice(190, 199);
  const done = await Promise.all(
    own.map(({ member }) => administrator.ask('POST', '/v1/certifications', { member, year: 2016, at, by: 'self' })),
  );
  yield step(
    'some members certify themselves',
    'by the member themself',
    `${done.filter(({ status }) => status === 201).length} certified`,
    done.every(({ status }) => status === 201),
  );
  const after = await ride(town, folder, 'rider', '2016-01-13', '08:05:00');
  yield ridden(
    'a ride after it',
    'effective at once: the bus at 60% while the campaign runs',
    after,
    (net, fare) => net * 10 === fare * 6,
  );
  const last = await administrator.ask('GET', `/v1/members/${members[199]!.member}/status`);
  yield step(
    'one member is not certified',
    'without it the member counts as having left',
    last.body.text,
    last.body.reason === 'not-certified',
  );
  const old = await ride(town, folder, 'old', '2016-01-13', '08:06:00');
  yield step(
    'a tap with a PBOC 2.0 card',
    'only a PBOC 3.0 card can be tapped',
    old.result.accepted ? 'accepted' : `refused: ${old.result.reason}`,
    !old.result.accepted,
  );
}

async function* loss({ town, folder, administrator }: Unit): Outcomes {
  const { body: card } = await administrator.ask('POST', '/v1/cards/lookup', { pan: town.panOf('loser') });
  const lost = await administrator.ask('POST', `/v1/cards/${card.token}/states`, {
    state: 'lost',
    from: '2016-01-14T08:00:00+08:00',
  });
  const late = await ride(town, folder, 'loser', '2016-01-14', '08:30:00');
  const tap = late.tap === undefined ? undefined : tapSchemaView.tap.parse(late.tap);
  const journey = tap?.receipt?.journey;
  const why = tap?.code ?? journey?.steps.map(({ rule }) => rule).join(', ') ?? 'no tap';
  const isRefused = lost.status === 201 && (tap?.result !== 'created' || journey?.discountFen === 0);
  yield step('a card is lost, and somebody taps it', 'a lost card has no benefit from the report on', why, isRefused);
}

const QUOTA = 5;

async function* offer({ town, administrator, members }: Unit): Outcomes {
  town.setClock('2016-01-15T10:00:00+08:00');
  const item = { item: 'ticket', name: 'ticket', nameZh: '门票', quota: QUOTA };
  const wanted = {
    offer: 'tickets-2016',
    kind: 'ticket',
    name: 'Tickets',
    nameZh: '门票',
    items: [item],
    opens: '2016-01-15T09:00:00+08:00',
    closes: '2016-01-31T18:00:00+08:00',
    sponsor: 'ningbo-union',
    valueFen: 6000,
    priceFen: 1000,
    collectWithinHours: 72,
  };
  const made = await administrator.ask('POST', '/v1/offers', wanted);
  const rush = await Promise.all(
    members
      .slice(0, 40)
      .map(({ member }) => administrator.ask('POST', '/v1/offers/tickets-2016/claims', { member, item: 'ticket' })),
  );
  const claimed = rush.filter(({ status, body }) => status === 201 && body.state === 'claimed').length;
  yield step(
    `${rush.length} claims at once for ${QUOTA} tickets`,
    'first come, first served: never more than the quota',
    `${claimed} claimed`,
    made.status === 201 && claimed === QUOTA,
  );
  const none = await administrator.ask('POST', '/v1/offers/tickets-2016/claims', {
    member: members[199]!.member,
    item: 'ticket',
  });
  yield step(
    'a claim of a member who is not certified',
    'certified members only',
    none.body.code ?? String(none.status),
    none.status >= 400,
  );
}

async function* loan({ administrator, members }: Unit): Outcomes {
  const { member } = members[0]!;
  const from = '2015-01-01T00:00:00+08:00';
  await administrator.ask('POST', `/v1/loans/attributes/${member}`, {
    attribute: 'residence',
    value: 'ningbo',
    from,
    reason: 'household register seen',
  });
  await administrator.ask('POST', '/v1/loans/contributions', {
    unit: UNIT,
    class: 'B',
    from,
    reason: 'the lender’s letter of January',
  });
  const asked = { member, kind: 'credit', amountFen: 5_000_000, months: 12, plan: 'equal-instalments' };
  const quote = await administrator.ask('POST', '/v1/loans/quotes', asked);
  const rate = `${((quote.body.annualRatePpm ?? 0) / 10_000).toFixed(2)}% a year, ${quote.body.steps?.length ?? 0} steps`;
  yield step(
    'a loan of 50,000 yuan is quoted',
    'the rate is below that of the same kind, each step explained',
    rate,
    quote.body.eligible === true,
  );
}

async function* leaving({ town, administrator, members }: Unit): Outcomes {
  const { member, name } = members[150]!;
  const place = `/v1/members/${member}`;
  const reason = { reason: 'asked for in writing after leaving' };
  const early = await administrator.ask('POST', `${place}/erasure`, reason);
  yield step(
    'a member asks to be erased',
    'who is a member cannot be erased',
    early.body.code ?? String(early.status),
    early.body.code === 'member-not-left',
  );
  town.setClock('2016-02-02T09:00:00+08:00');
  await administrator.ask('POST', `${place}/memberships`, { change: 'left', from: '2016-02-01T00:00:00+08:00' });
  const status = await administrator.ask('GET', `${place}/status`);
  yield step(
    'the member leaves',
    'certification is withdrawn when a member leaves',
    status.body.text,
    status.body.reason === 'member-left',
  );
  const erased = await administrator.ask('POST', `${place}/erasure`, reason);
  const after = await administrator.ask('GET', place);
  const isGone = erased.status === 200 && after.body.name !== name && after.body.mobile === undefined;
  yield step(
    'and is erased',
    'personal data goes for good, the books stay',
    `${erased.body.sections?.length ?? 0} kinds of data accounted for`,
    isGone,
  );
}

const RIDE = {
  terminal: 'bus-validator',
  operator: 'ningbo-bus',
  event: 'single',
  place: { line: '815', region: 'urban' },
} as const;

/** A tap of a software card at a bus: card, terminal, queue and gateway are the real ones. */
const ride = (town: ExampleTown, folder: string, rider: string, day: string, at: string): Promise<PlayedScene> =>
  playScene(town, { ...RIDE, name: 'bus-0815', rider, at }, day, folder);

function ridden(
  what: string,
  rule: string,
  { tap, result }: PlayedScene,
  isRight: (netFen: number, fareFen: number) => boolean,
): StepOutcome {
  const journey = tap === undefined ? undefined : tapSchemaView.tap.parse(tap).receipt?.journey;
  if (!journey) return step(what, rule, `no journey: ${result.reason ?? ''}`, false);
  const { fareFen, netFen } = journey;
  return step(
    what,
    rule,
    `${(netFen / 100).toFixed(2)} of ${(fareFen / 100).toFixed(2)} yuan`,
    isRight(netFen, fareFen),
  );
}
