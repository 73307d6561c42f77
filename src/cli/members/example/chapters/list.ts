import type { Asker } from '../example-gateway.js';
import { type Chapter, step } from '../example-step.js';
import { places, type RegisteredMember, type Stage, UNIT, UNIT_NAME } from '../unit.js';
import { correctList, placeOf, spoiltList, XLSX } from '../unit-list.js';

interface WrongRow {
  readonly row: number;
  readonly issues: readonly { readonly column: string; readonly code: string }[];
}

interface Counts {
  readonly good: number;
  readonly wrong: number;
  readonly known: number;
  readonly recorded: number;
}

const countsOf = ({ good, wrong, known }: Counts): string => `${good} good, ${wrong} wrong, ${known} known`;

/** The unit's list on its way up: handed in, corrected, submitted, returned, accepted. Gives the members as registered. */
export async function* list(stage: Stage): Chapter<readonly RegisteredMember[]> {
  const { members, people } = stage;
  const { officer, branch, city } = people;
  const old = await registerOldMember(stage);
  const spoilt = await spoiltList(members);
  const upload = (bytes: Uint8Array) => officer.ask('POST', `/v1/member-lists?unit=${UNIT}`, bytes, XLSX);
  const first = await upload(spoilt.workbook);
  const whole = first.body.list?.list;
  yield step(
    'a list of 200 with 12 wrong rows',
    'good rows go in, wrong ones do not; who is a member of the unit already is no fault',
    `${first.status}, ${countsOf(first.body.list.rows)}`,
    '201, 187 good, 12 wrong, 1 known',
  );
  const answers = (first.body.wrong as readonly WrongRow[]).map(
    ({ row, issues }) => `${row} ${issues.map(({ column, code }) => `${column} ${code}`).join(', ')}`,
  );
  yield step(
    'each wrong row is answered',
    'every row is checked: check digit, date, region, mobile number, doubles, missing fields; each its own answer',
    answers.join('; '),
    spoilt.answers.join('; '),
  );
  const again = await upload(spoilt.workbook);
  yield step(
    'the same list again',
    'the same file twice changes nothing',
    `${again.status}, ${again.body.list.list === whole ? 'the same list' : 'another list'}, ${countsOf(again.body.list.rows)}`,
    '200, the same list, 187 good, 12 wrong, 1 known',
  );
  const returned = await officer.download(`/v1/member-lists/${whole}/wrong-rows`);
  const right = spoilt.places.map((place) => [members[place]!, place] as const);
  const { reasons, corrected } = await correctList(returned, right);
  yield step(
    'the wrong rows come back as a workbook',
    'bad rows come back as a file with the reason in a last column',
    `${reasons.length} rows, ${reasons.filter((reason) => reason.length > 0).length} with a reason`,
    '12 rows, 12 with a reason',
  );
  const second = await upload(corrected);
  yield step(
    'the wrong rows corrected',
    'the file of wrong rows is handed in again once it is corrected',
    `${second.status}, ${countsOf(second.body.list.rows)}`,
    '201, 12 good, 0 wrong, 0 known',
  );
  const lists: readonly string[] = [whole, second.body.list.list];
  yield* passUp(lists, { officer, branch, city });
  const numbers = new Map([
    [places.old, old],
    ...(await numbersOf(officer, whole)),
    ...(await correctedNumbers(officer, lists[1]!, spoilt.places)),
  ]);
  const { body: progress } = await officer.ask('GET', '/v1/certifications/progress?year=2016');
  yield step(
    'the register has the unit',
    'rows that the city accepts are members of their unit, each with a number',
    `${progress.total.members} members, ${new Set(numbers.values()).size} numbers`,
    '200 members, 200 numbers',
  );
  return members.map((member, place) => ({ ...member, member: numbers.get(place)! }));
}

/** Somebody who has been a member for long, and has a card of PBOC 2.0. */
async function registerOldMember({ town, members, people }: Stage): Promise<string> {
  const member = 'H012-0003';
  const states = [{ state: 'active', from: '2014-03-01T00:00:00+08:00' }];
  const cards = [{ pan: town.panOf('old'), bank: 'bank-of-china', generation: 'pboc2', states }];
  const record = { member, unit: UNIT_NAME, unitId: UNIT, ...members[places.old]!, cards };
  const recorded = await people.administrator.ask('POST', '/v1/members', record);
  if (recorded.status !== 201) throw new Error(`the old member was not recorded: ${recorded.body.code}`);
  return member;
}

async function* passUp(
  lists: readonly string[],
  { officer, branch, city }: Pick<Stage['people'], 'officer' | 'branch' | 'city'>,
): Chapter {
  const take = async (who: Asker, list: string, wish: object): Promise<string> => {
    const { status, body } = await who.ask('POST', `/v1/member-lists/${list}/steps`, wish);
    return status === 200 ? `${body.state} at ${body.atUnit}` : `${status} ${body.code}`;
  };
  const takeBoth = async (who: Asker, wish: object): Promise<string> =>
    [await take(who, lists[0]!, wish), await take(who, lists[1]!, wish)].join(', ');
  yield step(
    'the unit’s officer submits both lists',
    'batches are passed up: draft, submitted, accepted, returned',
    await takeBoth(officer, { step: 'submit' }),
    'submitted at jiangdong, submitted at jiangdong',
  );
  yield step(
    'the unit’s officer wants to accept their own list',
    'the unions above decide',
    await take(officer, lists[0]!, { step: 'accept' }),
    '403 scope-missing',
  );
  yield step(
    'the branch officer returns a list without a reason',
    'what is returned has a reason',
    await take(branch, lists[1]!, { step: 'return' }),
    '409 list-reason-missing',
  );
  const returned = await take(branch, lists[1]!, { step: 'return', reason: '缺单位盖章' });
  const { body } = await officer.ask('GET', `/v1/member-lists/${lists[1]}`);
  yield step(
    'the branch officer returns it with one',
    'a list that is returned lies with its unit again, which reads why',
    `${returned}: ${body.events.at(-1).reason}`,
    `returned at ${UNIT}: 缺单位盖章`,
  );
  await take(officer, lists[1]!, { step: 'submit' });
  yield step(
    'the branch officer accepts both',
    'the branch union passes them up',
    await takeBoth(branch, { step: 'accept' }),
    'submitted at ningbo, submitted at ningbo',
  );
  yield step(
    'the city’s officer accepts both',
    'accepted at the top',
    await takeBoth(city, { step: 'accept' }),
    'accepted at ningbo, accepted at ningbo',
  );
}

interface RecordedRow {
  readonly row: number;
  readonly member: string;
}

async function recordedRows(officer: Asker, list: string): Promise<readonly RecordedRow[]> {
  const { body } = await officer.ask('GET', `/v1/member-lists/${list}/rows?state=recorded&limit=1000`);
  return body.rows;
}

/** By their places in the unit's list. */
const numbersOf = async (officer: Asker, list: string): Promise<[number, string][]> =>
  (await recordedRows(officer, list)).map(({ row, member }) => [placeOf(row), member]);

const correctedNumbers = async (officer: Asker, list: string, at: readonly number[]): Promise<[number, string][]> =>
  (await recordedRows(officer, list)).map(({ row, member }) => [at[placeOf(row)]!, member]);
