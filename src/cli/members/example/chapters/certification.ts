import { setTimeout as wait } from 'node:timers/promises';
import { type Asker, askAsNobody } from '../example-gateway.js';
import { type Chapter, step } from '../example-step.js';
import { journeyOf, rideMetro, toldOf } from '../rides.js';
import { places, type RegisteredMember, type Stage } from '../unit.js';

const BY_THEMSELVES = 8;

/** A ride counts from the gate at which it began. */
const BEGUN = '2016-01-11T08:05:00+08:00';

const CORRECTED_ADDRESS = '宁波市江东区中兴路12号';

/** The yearly certification of 2016, and a ride in the metro before it and after. */
export async function* certification(stage: Stage, members: readonly RegisteredMember[]): Chapter {
  const { town, people } = stage;
  const { officer } = people;
  const riderPage = `/v1/members/${members[places.rider]!.member}/page`;
  const before = await rideMetro(stage, 'rider', '2016-01-11', ['08:05:00', '08:31:00']);
  yield step(
    'a ride in 2016 before the certification',
    'without the certification for the year every benefit is lost',
    toldOf(before),
    '4.00 of 4.00 yuan',
  );
  town.setClock('2016-01-12T09:00:00+08:00');
  const told = journeyOf(before)?.steps.find(({ campaign }) => campaign === 'metro-2016');
  const { body: page } = await officer.ask('GET', `${riderPage}?at=${encodeURIComponent(BEGUN)}`);
  const metro = page.campaigns.find(({ campaign }: { campaign: string }) => campaign === 'metro-2016');
  yield step(
    'the words of its receipt',
    'receipt and member’s page say what is lost and why in the same words',
    `${told?.rule}: ${told?.text}`,
    `not-certified: ${metro.text}`,
  );
  const own = members.slice(places.forgets - BY_THEMSELVES, places.forgets);
  yield* byThemselves(stage, own);
  yield* byOfficer(officer, members.slice(0, places.forgets - BY_THEMSELVES));
  yield* howFar(people);

  const after = await rideMetro(stage, 'rider', '2016-01-12', ['09:03:00', '09:27:00']);
  yield step('a ride after it', 'effective at once: the metro at 80%', toldOf(after), '3.20 of 4.00 yuan');
  const forgets = members[places.forgets]!.member;
  const { body: status } = await officer.ask('GET', `/v1/members/${forgets}/status`);
  yield step(
    'one member is not certified',
    'without it the member counts as having left',
    `${status.entitled ? 'entitled' : 'not entitled'}: ${status.reason}`,
    'not entitled: not-certified',
  );
}

/** Each asks for a code, which comes to their mobile number, and certifies with it: without an account. */
async function* byThemselves({ town, people, members: all }: Stage, own: readonly RegisteredMember[]): Chapter {
  const nobody = askAsNobody(town.gateway.url);
  const claims = own.map(({ identityNumber, mobile }) => ({ identityNumber, mobile }));
  const asked = await Promise.all(claims.map((claim) => nobody.ask('POST', '/v1/certifications/codes', claim)));
  const codes = await codesOf(people.administrator, own);
  yield step(
    'some members ask for a one-time code',
    'the code goes to the mobile number of the register',
    `${asked.filter(({ status }) => status === 202).length} asked, ${codes.size} codes in the outbox`,
    '8 asked, 8 codes in the outbox',
  );
  const certify = (place: number, code: string) => {
    const { name, sex, address, mobile } = own[place]!;
    const confirmed = { unit: '百丈街道第一工会', name, sex, address, mobile };
    return nobody.ask('POST', '/v1/certifications/self', { ...claims[place], code, confirmed });
  };
  const right = codes.get(own[0]!.member) ?? '';
  const wrong = await certify(0, right === '000000' ? '000001' : '000000');
  yield step(
    'one types a wrong code',
    'only who has the code is certified',
    `${wrong.status} ${wrong.body.code}`,
    '403 code-not-accepted',
  );
  const done = await Promise.all(own.map(({ member }, place) => certify(place, codes.get(member) ?? '')));
  const results = done.map(({ body }) => body.result ?? body.code);
  yield step(
    'some members certify themselves',
    'by the member: identity and card number or mobile number, with a one-time code',
    `${results.filter((result) => result === 'certified').length} of ${all.length} certified`,
    '8 of 200 certified',
  );
}

const POLL_MS = 50;
const POLLS_MAX = 100;

/** The codes in the outbox, by their members: they come after the answer, which tells nothing of who is there. */
async function codesOf(administrator: Asker, own: readonly RegisteredMember[]): Promise<ReadonlyMap<string, string>> {
  let codes = new Map<string, string>();
  for (let polls = 0; codes.size < own.length && polls < POLLS_MAX; polls++) {
    if (polls > 0) await wait(POLL_MS);
    const { body } = await administrator.ask('GET', '/v1/messages?template=certification-code');
    codes = new Map(
      body.messages.map(({ member, text }: { member: string; text: string }) => [
        member,
        /\d{6}/.exec(text)?.[0] ?? '',
      ]),
    );
  }
  return codes;
}

async function* byOfficer(officer: Asker, members: readonly RegisteredMember[]): Chapter {
  const list = members.map(({ member }, place) =>
    place === places.corrects ? { member, address: CORRECTED_ADDRESS } : { member },
  );
  const { body } = await officer.ask('POST', '/v1/certifications/officer', { year: 2016, members: list });
  const { certified, refused } = body.counts;
  const changed = body.rows.flatMap((row: { changed: readonly string[] }) => row.changed);
  yield step(
    'the officer certifies in bulk',
    'by an officer, alone or in bulk: what is recorded is confirmed or corrected',
    `${certified} certified, ${refused} refused; corrected: ${changed}`,
    '191 certified, 0 refused; corrected: address',
  );
  const others = await officer.ask('POST', '/v1/certifications/officer', { members: [{ member: 'H013-0001' }] });
  yield step(
    'the officer certifies a member of another unit',
    'an officer certifies in their own unit and below',
    others.body.rows[0].code,
    'member-unknown',
  );
  const { body: kept } = await officer.ask('GET', `/v1/members/${members[places.corrects]!.member}/confirmations`);
  const [confirmation] = kept.confirmations;
  yield step(
    'who corrected what is read',
    'history is kept: who confirmed or corrected what, and when',
    `${confirmation.changed} by the ${confirmation.by}`,
    'address by the officer',
  );
}

async function* howFar({ officer, administrator }: Stage['people']): Chapter {
  const { body } = await officer.ask('GET', '/v1/certifications/progress?year=2016');
  const { certified, due, lapsed } = body.total;
  yield step(
    'the officer looks how far it is',
    'progress by unit: certified, due, lapsed',
    `${certified} certified, ${due} due, ${lapsed} lapsed`,
    '199 certified, 0 due, 1 lapsed',
  );
  const remind = async () => (await officer.ask('POST', '/v1/certifications/reminders', { year: 2016 })).body.sent;
  const sent = [await remind(), await remind()];
  const outbox = await administrator.ask('GET', '/v1/messages?template=certification-lapsed');
  yield step(
    'reminders go out',
    'who is not certified is reminded, once in a period',
    `${sent.join(', then ')} sent; ${outbox.body.messages.length} in the outbox`,
    '1, then 0 sent; 1 in the outbox',
  );
}
