import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CardHistory,
  decideMembership,
  holdsUntil,
  loadMembershipPolicy,
  membershipReasons,
  ningboPolicy,
  parseMembershipPolicy,
  wordsOf,
} from '../../../../src/gateway/membership/decide/index.js';

const member: CardHistory = { generation: 'pboc3', member: true, certifications: [], states: [] };
const certified = { year: 2016, at: '2016-02-01T10:00:00+08:00', by: 'self' } as const;
const withGrace = (grace: object, rule: object = {}) =>
  loadMembershipPolicy({ id: 'x', name: 'x', versions: [{ certification: { needed: true, grace, ...rule } }] });

const decide = (card: CardHistory | undefined, at: string, policy = ningboPolicy()) => {
  const { entitled, reason } = decideMembership({ policy, card, at });
  return `${entitled ? 'yes' : 'no'}: ${reason}`;
};

describe('the yearly rule of the notice', () => {
  it.each([
    ['2015-08-26T00:00:00+08:00', member, 'yes: certification-not-needed'],
    ['2016-01-01T02:59:59+08:00', member, 'yes: certification-not-needed'],
    ['2016-01-01T03:00:00+08:00', member, 'no: not-certified'],
    ['2016-02-01T09:59:59+08:00', { ...member, certifications: [certified] }, 'no: not-certified'],
    ['2016-02-01T10:00:00+08:00', { ...member, certifications: [certified] }, 'yes: certified'],
    ['2017-01-01T02:59:59+08:00', { ...member, certifications: [certified] }, 'yes: certified'],
    ['2017-01-01T03:00:00+08:00', { ...member, certifications: [certified] }, 'no: not-certified'],
    ['2015-12-01T00:00:00+08:00', { ...member, member: false }, 'no: not-a-member'],
    ['2015-12-01T00:00:00+08:00', { ...member, generation: 'pboc2' as const }, 'no: card-generation'],
    ['2015-12-01T00:00:00+08:00', undefined, 'no: card-unknown'],
  ])('at %s', (at, card, expected) => {
    expect(decide(card, at)).toBe(expected);
  });
});

describe('facts hold from their instant until the next one', () => {
  it('of the card: exchanged, lost and found again', () => {
    const card: CardHistory = {
      ...member,
      generation: 'pboc2',
      exchanges: [{ generation: 'pboc3', from: '2015-09-01T09:00:00+08:00', sequenceNumber: 2 }],
      states: [
        { state: 'lost', from: '2015-10-02T09:00:00+08:00' },
        { state: 'active', from: '2015-10-09T09:00:00+08:00' },
        { state: 'closed', from: '2015-12-01T00:00:00+08:00' },
      ],
    };
    const at = (day: string) => decide(card, `${day}:00+08:00`).split(': ')[1];
    expect(at('2015-09-01T08:59')).toBe('card-generation');
    expect(at('2015-09-01T09:00')).toBe('certification-not-needed');
    expect(at('2015-10-02T09:00')).toBe('card-lost');
    expect(at('2015-10-09T09:00')).toBe('certification-not-needed');
    expect(at('2015-12-01T00:00')).toBe('card-closed');
  });

  it('of the member: who leaves loses the certification too', () => {
    const card: CardHistory = {
      ...member,
      memberships: [
        { change: 'joined', from: '2016-01-10T00:00:00+08:00' },
        { change: 'left', from: '2016-03-01T00:00:00+08:00' },
        { change: 'joined', from: '2016-04-01T00:00:00+08:00' },
      ],
      certifications: [certified],
    };
    const at = (day: string) => decide(card, `${day}T08:00:00+08:00`).split(': ')[1];
    expect(at('2016-01-09')).toBe('not-yet-a-member');
    expect(at('2016-02-02')).toBe('certified');
    expect(at('2016-03-01')).toBe('member-left');
    expect(at('2016-04-02')).toBe('certification-withdrawn');
  });
});

describe('what a policy may say beside', () => {
  const before = { ...member, certifications: [{ ...certified, year: 2015, at: '2015-02-01T10:00:00+08:00' }] };

  it('a grace, for all or for who was certified the year before, on some services', () => {
    const forBus = withGrace({ until: '02-29', for: 'certified-last-year', services: ['bus'] });
    const of = (service: 'bus' | 'metro', at: string, card: CardHistory = before) =>
      decideMembership({ policy: forBus, card, at, service }).reason;
    expect(of('bus', '2017-02-28T23:00:00+08:00', { ...before, certifications: [certified] })).toBe('grace');
    expect(of('bus', '2016-02-29T23:00:00+08:00')).toBe('grace');
    expect(of('bus', '2016-03-01T03:00:00+08:00')).toBe('not-certified');
    expect(of('metro', '2016-02-01T08:00:00+08:00')).toBe('not-certified');
    expect(of('bus', '2016-02-01T08:00:00+08:00', member)).toBe('not-certified');
    expect(decide(member, '2016-02-01T08:00:00+08:00', withGrace({ until: '03-31', for: 'every-member' }))).toBe(
      'yes: grace',
    );
  });

  it('when certification opens, and when it lapses', () => {
    const rule = { opens: { day: '11-01', yearsBefore: 1 }, lapses: { day: '03-31', yearsLater: 1 } };
    const policy = withGrace({ until: '01-01', for: 'every-member' }, rule);
    const doneAt = (at: string) => ({ ...member, certifications: [{ ...certified, at }] });
    expect(decide(doneAt('2015-10-31T12:00:00+08:00'), '2016-05-01T08:00:00+08:00', policy)).toBe('no: not-certified');
    expect(decide(doneAt('2015-11-01T12:00:00+08:00'), '2016-05-01T08:00:00+08:00', policy)).toBe('yes: certified');
    expect(decide(doneAt(certified.at), '2017-03-31T08:00:00+08:00', policy)).toBe('yes: certified');
    expect(decide(doneAt(certified.at), '2017-04-01T08:00:00+08:00', policy)).toBe('no: not-certified');
  });

  it.each([
    ['versions:\n  - certification: { needed: maybe }\n', 'line 4, versions.0.certification.needed'],
    [
      'versions:\n  - to: "2015-12-31"\n    certification: { needed: false }\n  - from: "2016-02-01"\n    certification: { needed: true }\n',
      'line 6, versions.1.from: each version begins on the day after',
    ],
    [
      'versions:\n  - certification: { needed: true, lapses: { day: "31-12", yearsLater: 0 } }\n',
      'line 4, versions.0.certification.lapses.day: a day of the year',
    ],
  ])('is refused with its line where it is wrong', (versions, message) => {
    const read = () => parseMembershipPolicy(`id: x\nname: x\n${versions}`, 'mine.yaml');
    expect(read).toThrow(message);
    expect(read).toThrow('mine.yaml');
  });
});

it('says until when it holds: the first instant at which it is another one', () => {
  const policy = ningboPolicy();
  const card: CardHistory = {
    ...member,
    certifications: [{ ...certified, withdrawnAt: '2016-06-01T00:00:00+08:00' }],
    states: [{ state: 'lost', from: '2016-05-01T00:00:00+08:00' }],
  };
  const until = (at: string, of: CardHistory = card) => holdsUntil({ policy, card: of, at });
  expect(until('2015-12-31T12:00:00+08:00')).toBe('2016-01-01T03:00:00+08:00');
  expect(until('2016-01-02T12:00:00+08:00')).toBe(certified.at);
  expect(until('2016-03-01T12:00:00+08:00')).toBe('2016-05-01T00:00:00+08:00');
  expect(until('2016-05-02T12:00:00+08:00')).toBeUndefined();
  expect(until('2016-03-01T12:00:00+08:00', { ...member, certifications: [certified] })).toBe(
    '2017-01-01T03:00:00+08:00',
  );
});

it('does not depend on the order in which facts are known', () => {
  const day = fc.integer({ min: 0, max: 800 }).map((days) => new Date(Date.UTC(2015, 5, 1) + days * 86_400_000));
  const instant = day.map((date) => date.toISOString());
  const certification = fc.record({
    year: fc.integer({ min: 2015, max: 2017 }),
    at: instant,
    by: fc.constant('self' as const),
  });
  const membership = fc.record({ change: fc.constantFrom('joined' as const, 'left' as const), from: instant });
  const state = fc.record({ state: fc.constantFrom('active' as const, 'lost' as const), from: instant });
  const facts = fc.record({
    certifications: fc.array(certification, { maxLength: 3 }),
    memberships: fc.uniqueArray(membership, { maxLength: 3, selector: ({ from }) => from }),
    states: fc.uniqueArray(state, { maxLength: 3, selector: ({ from }) => from }),
  });
  fc.assert(
    fc.property(facts, instant, ({ certifications, memberships, states }, at) => {
      const card: CardHistory = { ...member, certifications, memberships, states };
      const turned: CardHistory = {
        ...member,
        certifications: [...certifications].reverse(),
        memberships: [...memberships].reverse(),
        states: [...states].reverse(),
      };
      expect(decide(turned, at)).toBe(decide(card, at));
    }),
    { numRuns: 200 },
  );
});

it('has words for each reason, with nothing left to fill', () => {
  for (const reason of membershipReasons) {
    const { text, textZh } = wordsOf(reason, { year: 2016, at: certified.at, until: '2016-03-31' });
    expect(`${text}${textZh}`).not.toMatch(/[{}]/);
  }
});
