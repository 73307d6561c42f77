import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  type LoanMember,
  type LoanRequest,
  loadLoanPolicy,
  parseLoanPolicy,
  quoteLoan,
  repaymentPlan,
} from '../../../src/gateway/benefits/loans/index.js';

const policy = loadLoanPolicy('ningbo');
const certified = {
  entitled: true,
  reason: 'certified',
  text: 'certified for 2016',
  textZh: '已完成2016年认证',
} as const;

const memberOf = (changes: Partial<LoanMember> = {}): LoanMember => ({
  entitlement: certified,
  attributes: { residence: 'ningbo' },
  contribution: undefined,
  ...changes,
});

const requestOf = (changes: Partial<LoanRequest> = {}): LoanRequest => ({
  kind: 'credit',
  amountFen: 10_000_000,
  months: 12,
  plan: 'equal-instalments',
  day: '2016-03-01',
  ...changes,
});

const quote = (request: Partial<LoanRequest> = {}, member: Partial<LoanMember> = {}) =>
  quoteLoan({ policy, request: requestOf(request), member: memberOf(member) });

const rulesOf = ({ steps }: ReturnType<typeof quote>) => steps.map(({ rule }) => rule);
const against = ({ steps }: ReturnType<typeof quote>) => steps.flatMap(({ refuses, rule }) => (refuses ? [rule] : []));

it('explains each step of a rate in both languages', () => {
  const { steps, ...quoted } = quote(
    {},
    { contribution: 'A', attributes: { residence: 'ningbo', 'model-worker': 'yes' } },
  );
  // 4.35% × 1.3 × 0.8 × 0.95 = 4.29780%
  expect(quoted).toMatchObject({ eligible: true, limitFen: 30_000_000, annualRatePpm: 42_978 });
  expect(steps.map(({ text, ratePpm }) => (ratePpm === undefined ? text : `${text} → ${ratePpm}`))).toEqual([
    'certified for 2016',
    'eligible by residence: where the member is registered as a resident: ningbo',
    'at most 1000000.00 yuan whatever the loan',
    'credit loan: generally at most 300000.00 yuan',
    'the central bank’s base rate of 2015-10-24 for 12 months: 4.35% a year → 43500',
    'credit loan: the rate of the same kind is 30% above: 5.655% → 56550',
    'the unit’s deposit contribution is of class A: 20% less, 4.524% → 45240',
    'a model worker: a further 5% less, 4.2978% → 42978',
    '12 equal instalments of 8528.60 yuan, the last 8528.64; interest 2343.24 yuan',
  ]);
  for (const { textZh } of steps) expect(textZh).toMatch(/\p{Script=Han}/u);
  expect(steps.find(({ rule }) => rule === 'contribution')?.textZh).toBe('所在单位存款贡献度为A级：下浮20%，为4.524%');
});

it.each<[string, Partial<LoanRequest>, number]>([
  ['credit generally 300,000', { kind: 'credit', amountFen: 30_000_000 }, 30_000_000],
  ['guaranteed business 500,000', { kind: 'guaranteed-business', amountFen: 50_000_000 }, 50_000_000],
  ['at most 1,000,000', { kind: 'secured', amountFen: 100_000_000 }, 100_000_000],
  ['credit beyond what is general', { isLimitLifted: true, amountFen: 100_000_000 }, 100_000_000],
])('%s yuan are lent, and not a fen more', (_what, request, limitFen) => {
  expect(quote(request)).toMatchObject({ eligible: true, limitFen });
  const more = quote({ ...request, amountFen: limitFen + 1 });
  expect(more).toMatchObject({ eligible: false, limitFen, instalments: [] });
  expect(against(more)).toEqual(['amount-above-limit']);
});

it('lifts no limit that is firm', () => {
  expect(quote({ kind: 'guaranteed-business', isLimitLifted: true }).limitFen).toBe(50_000_000);
});

it.each<[string, LoanMember['attributes'], boolean]>([
  ['residents of Ningbo', { residence: 'ningbo' }, true],
  [
    'outstanding migrant workers with a residence permit',
    { residence: 'residence-permit', 'outstanding-migrant-worker': 'yes' },
    true,
  ],
  ['not outstanding ones without a permit', { residence: 'elsewhere', 'outstanding-migrant-worker': 'yes' }, false],
  ['not every holder of a permit', { residence: 'residence-permit' }, false],
  ['nobody of whom nothing is recorded', {}, false],
])('is for %s', (_who, attributes, eligible) => {
  const quoted = quote({}, { attributes });
  expect(quoted.eligible).toBe(eligible);
  expect(against(quoted)).toEqual(eligible ? [] : ['residence-missing']);
});

it('is for members who are certified, and says why not in the words of membership', () => {
  const entitlement = {
    entitled: false,
    reason: 'not-certified',
    text: 'the member was not certified',
    textZh: '未认证',
  } as const;
  const quoted = quote({}, { entitlement });
  expect(quoted.eligible).toBe(false);
  expect(quoted.steps[0]).toMatchObject({
    rule: 'membership',
    refuses: true,
    text: entitlement.text,
    textZh: '未认证',
  });
});

it('gives members in hardship the base rate, or what they have where that is lower', () => {
  const hardship = { residence: 'ningbo', hardship: 'yes' };
  const plain = quote({}, { attributes: hardship });
  expect(plain.annualRatePpm).toBe(43_500);
  expect(rulesOf(plain)).toContain('hardship');
  const lower = quote({}, { attributes: { ...hardship, 'model-worker': 'yes' }, contribution: 'A' });
  expect(lower.annualRatePpm).toBe(42_978);
  expect(rulesOf(lower)).toContain('hardship-lower-already');
});

it.each([
  ['2014-11-21', undefined],
  ['2015-01-01', 56_000],
  ['2015-02-28', 56_000],
  ['2015-03-01', 53_500],
  ['2015-05-11', 51_000],
  ['2015-06-28', 48_500],
  ['2015-08-26', 46_000],
  ['2015-10-24', 43_500],
  ['2017-06-01', 43_500],
])('on %s the base rate of a year is %s', (day, ratePpm) => {
  expect(quote({ day }).steps.find(({ rule }) => rule === 'base-rate')?.ratePpm).toBe(ratePpm);
});

it('takes the base rate of the term', () => {
  const base = (months: number) => quote({ months }).steps.find(({ rule }) => rule === 'base-rate')?.ratePpm;
  expect([12, 13, 60].map(base)).toEqual([43_500, 47_500, 47_500]);
  expect(against(quote({ months: 61 }))).toEqual(['term-not-offered']);
  expect(against(quote({ kind: 'gold' }))).toEqual(['kind-unknown']);
});

const kinds = policy.versions[0]!.kinds.map(({ kind }) => kind);
const yesNo = fc.constantFrom('yes', 'no');
const anyRequest = fc.record({
  kind: fc.constantFrom(...kinds),
  amountFen: fc.integer({ min: 1, max: 120_000_000 }),
  months: fc.integer({ min: 1, max: 60 }),
  plan: fc.constantFrom('equal-instalments', 'equal-principal'),
  day: fc.constantFrom('2015-03-01', '2015-09-01', '2016-03-01'),
  isLimitLifted: fc.boolean(),
}) as fc.Arbitrary<LoanRequest>;
const anyMember = fc.record({
  entitlement: fc.constant(certified),
  attributes: fc.record({
    residence: fc.constantFrom('ningbo', 'residence-permit', 'elsewhere'),
    'outstanding-migrant-worker': yesNo,
    'model-worker': yesNo,
    hardship: yesNo,
  }),
  contribution: fc.constantFrom('A', 'B', 'C', 'D', undefined),
}) as fc.Arbitrary<LoanMember>;

it('never lends more than the limits, and what is paid back sums to the fen', () => {
  fc.assert(
    fc.property(anyRequest, anyMember, (request, member) => {
      const quoted = quoteLoan({ policy, request, member });
      expect(quoted.limitFen).toBeLessThanOrEqual(100_000_000);
      expect(quoted.eligible).toBe(!quoted.steps.some(({ refuses }) => refuses));
      if (!quoted.eligible) {
        expect(quoted.instalments).toEqual([]);
        return;
      }
      expect(request.amountFen).toBeLessThanOrEqual(quoted.limitFen);
      const { instalments, interestFen, repaidFen } = quoted;
      const sum = (field: 'principalFen' | 'interestFen' | 'paymentFen') =>
        instalments.reduce((total, instalment) => total + instalment[field], 0);
      expect(instalments).toHaveLength(request.months);
      expect(sum('principalFen')).toBe(request.amountFen);
      expect(sum('interestFen')).toBe(interestFen);
      expect(sum('paymentFen')).toBe(repaidFen);
      expect(instalments.at(-1)?.balanceFen).toBe(0);
      for (const { principalFen, interestFen: interest } of instalments) {
        expect(Math.min(principalFen, interest)).toBeGreaterThanOrEqual(0);
      }
    }),
  );
});

it('is never dearer for more contribution, for model workers, or in hardship; never above the rate of the kind', () => {
  fc.assert(
    fc.property(anyRequest, anyMember, (request, member) => {
      const rate = (changes: Partial<LoanMember>) =>
        quoteLoan({ policy, request, member: { ...member, ...changes } }).annualRatePpm!;
      const byClass = ['A', 'B', 'C', 'D', undefined].map((contribution) => rate({ contribution }));
      expect(byClass).toEqual([...byClass].sort((one, other) => one - other));
      for (const name of ['model-worker', 'hardship'] as const) {
        const [having, lacking] = ['yes', 'no'].map((value) =>
          rate({ attributes: { ...member.attributes, [name]: value } }),
        );
        expect(having).toBeLessThanOrEqual(lacking!);
      }
      const { steps } = quoteLoan({ policy, request, member });
      const ofKind = steps.find(({ rule }) => rule === 'rate-of-kind')!.ratePpm!;
      expect(rate({})).toBeLessThanOrEqual(Math.ceil(ofKind * 0.95));
      const plain = { ...member.attributes, 'model-worker': 'no', hardship: 'no' };
      expect(rate({ attributes: plain })).toBeGreaterThanOrEqual(Math.floor(ofKind * 0.8));
    }),
  );
});

it('pays back in equal instalments but for the last, or in equal parts of the principal', () => {
  const loan = { amountFen: 30_000_000, months: 36, ratePpm: 47_500 };
  const equal = repaymentPlan({ ...loan, plan: 'equal-instalments' });
  // By the formula P·r·(1+r)^n ÷ ((1+r)^n − 1): 8958.65 yuan.
  expect(new Set(equal.slice(0, -1).map(({ paymentFen }) => paymentFen))).toEqual(
    new Set([Math.round((30_000_000 * (0.0475 / 12) * (1 + 0.0475 / 12) ** 36) / ((1 + 0.0475 / 12) ** 36 - 1))]),
  );
  expect(Math.abs(equal.at(-1)!.paymentFen - equal[0]!.paymentFen)).toBeLessThan(36);
  const falling = repaymentPlan({ ...loan, plan: 'equal-principal' }).map(({ paymentFen }) => paymentFen);
  expect(falling).toEqual([...falling].sort((one, other) => other - one));
  expect(falling[0]).toBe(833_333 + 118_750);
});

it('refuses a policy that says what cannot be, with the line', () => {
  const text = 'id: x\nname: x\nnameZh: x\nversions: []\nbaseRates: []\n';
  expect(() => parseLoanPolicy(text, 'mine.yaml')).toThrow(/mine\.yaml/);
});
