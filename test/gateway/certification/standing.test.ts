import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countProgress } from '../../../src/gateway/certification/count-progress.js';
import { readMemberFacts } from '../../../src/gateway/membership/facts.js';
import {
  decideMember,
  memberRefusal,
  ningboPolicy,
  parseMembershipPolicy,
} from '../../../src/gateway/membership/index.js';
import { toMemberHistory } from '../../../src/gateway/membership/to-history.js';
import { eachEngine } from '../storage/each-engine.js';

const withGrace = parseMembershipPolicy(`
id: grace
name: With a grace
versions:
  - to: "2015-12-31"
    certification: { needed: false }
  - from: "2016-01-01"
    certification:
      needed: true
      opens: { day: "11-01", yearsBefore: 1 }
      grace: { until: "03-31", for: certified-last-year }
`);

/** Instants some of which fall together, about the opening, the turn and the grace of 2017. */
const instants = ['2016-02-01T10:00', '2016-10-31T23:00', '2016-11-01T04:00', '2017-01-01T02:59', '2017-01-01T03:00'];
const later = ['2017-03-31T12:00', '2017-04-01T03:00', '2017-06-01T10:00'];
const instant = fc.constantFrom(...instants, ...later).map((text) => `${text}:00+08:00`);

const person = fc.record({
  certifications: fc.uniqueArray(fc.record({ year: fc.constantFrom(2016, 2017), at: instant }), {
    maxLength: 3,
    selector: ({ year, at }) => `${year} ${at}`,
  }),
  withdrawals: fc.uniqueArray(fc.record({ year: fc.constantFrom(2016, 2017), at: instant }), {
    maxLength: 1,
    selector: ({ year, at }) => `${year} ${at}`,
  }),
  changes: fc.uniqueArray(fc.record({ change: fc.constantFrom('joined', 'left'), from: instant }), {
    maxLength: 3,
    selector: ({ from }) => from,
  }),
});

eachEngine('counts by unit', (engine) => {
  it('say of many members what is decided of each', async () => {
    const { kysely } = await engine.open();
    const people = fc.sample(person, { numRuns: 120, seed: 20160101 });
    const recorded_at_ms = 0;
    const rowsOf = <Fact, Row>(list: (one: (typeof people)[number]) => readonly Fact[], row: (fact: Fact) => Row) =>
      people.flatMap((one, index) => list(one).map((fact) => ({ member: `m${index}`, recorded_at_ms, ...row(fact) })));
    const unsaid = {
      sex: null,
      work_unit: null,
      private_data: null,
      unit: null,
      identity_token: null,
      mobile_token: null,
    };
    const members = people.map((_, index) => ({ member: `m${index}`, name: `m${index}`, recorded_at_ms, ...unsaid }));
    await kysely.insertInto('members').values(members).execute();
    const certified = rowsOf(
      ({ certifications }) => certifications,
      ({ year, at }) => ({ year, at, at_ms: Date.parse(at), by: 'officer' as const }),
    );
    await kysely.insertInto('certifications').values(certified).execute();
    const withdrawn = rowsOf(
      ({ withdrawals }) => withdrawals,
      ({ year, at }) => ({ year, at, at_ms: Date.parse(at), reason: null }),
    );
    await kysely.insertInto('certification_withdrawals').values(withdrawn).execute();
    const changed = rowsOf(
      ({ changes }) => changes,
      ({ change, from }) => ({ change: change as 'joined' | 'left', from, from_ms: Date.parse(from), reason: null }),
    );
    await kysely.insertInto('membership_changes').values(changed).execute();
    const factsOf = await readMemberFacts(
      kysely,
      people.map((_, index) => `m${index}`),
    );
    const cards = [...factsOf.values()].map((facts) => {
      return { generation: 'pboc3' as const, member: true, states: [], ...toMemberHistory(facts) };
    });
    for (const policy of [ningboPolicy(), withGrace]) {
      for (const at of later.concat('2017-01-01T03:00').map((text) => `${text}:00+08:00`)) {
        const members = cards.filter((card) => memberRefusal(card, at) === undefined);
        const reasons = members.map((card) => decideMember({ policy, card, at }).reason);
        const count = (reason: string) => reasons.filter((each) => each === reason).length;
        const counted = await countProgress(kysely, { policy, year: 2017, at: new Date(at) }, { kind: 'all' });
        expect(counted.get(''), `${policy.id} ${at}`).toEqual({
          members: members.length,
          certified: count('certified'),
          due: count('grace'),
          lapsed: count('not-certified') + count('certification-withdrawn'),
        });
      }
    }
  });
});
