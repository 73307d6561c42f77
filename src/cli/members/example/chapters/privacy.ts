import { type Chapter, step } from '../example-step.js';
import { PORT_UNIT, places, type RegisteredMember, type Stage } from '../unit.js';

/** What an officer sees of a member, and whom they see at all. */
export async function* privacy(
  { people: { administrator, officer } }: Stage,
  members: readonly RegisteredMember[],
): Chapter {
  const { member, identityNumber, mobile, address } = members[places.rider]!;
  const place = `/v1/members/${member}`;
  const { body: seen } = await officer.ask('GET', place);
  const mask = (text: string, from: number, to: number) =>
    text.slice(0, from) + '*'.repeat(text.length - from - to) + text.slice(text.length - to);
  yield step(
    'the officer looks at a member',
    'identity numbers, mobile numbers and addresses are masked on screens',
    `${seen.identityNumber} ${seen.mobile} ${seen.address}`,
    `${mask(identityNumber, 4, 4)} ${mask(mobile, 3, 4)} 宁波市江东区***`,
  );
  const reason = 'the member asked at the counter what is kept';
  const { body: clear } = await officer.ask('POST', `${place}/reveal`, { reason });
  yield step(
    'the officer asks for it in clear',
    'who needs it in clear says why',
    `${clear.identityNumber} ${clear.mobile} ${clear.address}`,
    `${identityNumber} ${mobile} ${address}`,
  );
  const { body: me } = await officer.ask('GET', '/v1/me');
  const audit = await administrator.ask('GET', `/v1/audit?operation=revealMember&actor=account:${me.id}`);
  const [record] = audit.body.records ?? [];
  yield step(
    'the audit log is read',
    'every view of personal data is in the audit log, with who and whom',
    `${record?.actor === `account:${me.id}` ? 'the officer' : record?.actor} saw ${record?.parameters?.member}`,
    `the officer saw ${member}`,
  );
  await administrator.ask('POST', '/v1/members', { member: 'H013-0001', name: '外来', unitId: PORT_UNIT });
  const other = await officer.ask('GET', '/v1/members/H013-0001');
  yield step(
    'the officer looks for a member of another unit',
    'an officer sees their own unit and below',
    `${other.status} ${other.body.code}`,
    '404 not-found',
  );
}
