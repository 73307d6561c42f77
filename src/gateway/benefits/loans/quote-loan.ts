import type { MemberAttributes } from '../attributes/member-attribute.js';
import { attributeWords } from '../attributes/member-attribute.js';
import type { Entitlement } from '../entitlement/index.js';
import type { LoanKind, LoanPolicy, LoanPolicyVersion } from './loan-policy-schema.js';
import { type ExactRate, exactRate, isLower, isWhole, roundRate, timesBasisPoints } from './loan-rate.js';
import { type LoanStep, loanStep, percentOfBasisPoints, percentOfPpm, yuan } from './loan-step.js';
import { type Instalment, type RepaymentPlan, repaymentPlan } from './repayment-plan.js';

export interface LoanRequest {
  readonly kind: string;
  readonly amountFen: number;
  readonly months: number;
  readonly plan: RepaymentPlan;
  /** The day of the loan, YYYY-MM-DD in Asia/Shanghai: its rules and rates are those of this day. */
  readonly day: string;
  /** The lender has decided to go beyond what is general for this kind. */
  readonly isLimitLifted?: boolean | undefined;
}

/** What a quote looks at of a member, on the day. */
export interface LoanMember {
  /** Whether they are a member who is certified. */
  readonly entitlement: Entitlement;
  readonly attributes: MemberAttributes;
  /** The class of the unit's deposit contribution, where one is recorded. */
  readonly contribution: string | undefined;
}

export interface LoanQuote {
  readonly eligible: boolean;
  /** The most that could be lent of this kind. */
  readonly limitFen: number;
  /** A year, in parts per million; absent where none can be told. */
  readonly annualRatePpm?: number;
  /** How it came about, and all that speaks against it. */
  readonly steps: readonly LoanStep[];
  /** Empty where nothing is lent. */
  readonly instalments: readonly Instalment[];
  readonly interestFen: number;
  readonly repaidFen: number;
}

export interface LoanQuestion {
  readonly policy: LoanPolicy;
  readonly request: LoanRequest;
  readonly member: LoanMember;
}

/**
 * What a member could borrow, at which rate and how it is paid back, each step explained (the union's notice of 2015 on
 * loans for workers). Pure: it reads no clock; money is in fen, rates in parts per million a year.
 */
export function quoteLoan({ policy, request, member }: LoanQuestion): LoanQuote {
  const version = lastFrom(policy.versions, request.day);
  const base = baseRateOf(policy, request);
  if (!version || !base) return refusal(loanStep('not-offered', { day: request.day }, { refuses: true }));
  const kind = version.kinds.find((one) => one.kind === request.kind);
  if (!kind) {
    const kinds = version.kinds.map((one) => one.kind).join(', ');
    return refusal(loanStep('kind-unknown', { kind: request.kind, kinds }, { refuses: true }));
  }
  const { limitFen, steps: limits } = limitSteps(version, kind, request);
  const rate = rateSteps({ version, kind, base, member, policy });
  const steps = [
    membershipStep(member),
    residenceStep(version, member),
    ...limits,
    ...termSteps(version, request),
    ...rate.steps,
  ];
  const found = { limitFen, annualRatePpm: rate.ratePpm };
  if (steps.some(({ refuses }) => refuses)) return { ...NOTHING, ...found, steps };
  return { ...found, ...lent(request, rate.ratePpm, steps) };
}

const NOTHING = { eligible: false, limitFen: 0, instalments: [], interestFen: 0, repaidFen: 0 } as const;

const refusal = (step: LoanStep): LoanQuote => ({ ...NOTHING, steps: [step] });

const lastFrom = <Dated extends { readonly from: string }>(all: readonly Dated[], day: string): Dated | undefined =>
  all.filter(({ from }) => from <= day).at(-1);

interface BaseRate {
  readonly from: string;
  readonly months: number;
  readonly ratePpm: number;
}

function baseRateOf({ baseRates }: LoanPolicy, { day, months }: LoanRequest): BaseRate | undefined {
  const known = lastFrom(baseRates, day);
  const term = known?.terms.find(({ uptoMonths }) => uptoMonths === undefined || months <= uptoMonths);
  return known && term && { from: known.from, months, ratePpm: term.ratePpm };
}

function membershipStep({ entitlement: { entitled, text, textZh } }: LoanMember): LoanStep {
  return loanStep('membership', { words: text }, { valuesZh: { words: textZh }, ...(!entitled && { refuses: true }) });
}

function residenceStep({ residence }: LoanPolicyVersion, { attributes }: LoanMember): LoanStep {
  type Facts = (typeof residence.anyOf)[number];
  const said = (facts: Facts, language: 'text' | 'textZh', between: string) =>
    facts.map(({ attribute, value }) => attributeWords(attribute, value)[language]).join(between);
  const found = residence.anyOf.find((facts) => facts.every(({ attribute, value }) => attributes[attribute] === value));
  const { assumption } = residence;
  if (found) {
    const valuesZh = { facts: said(found, 'textZh', '，') };
    return loanStep('residence', { facts: said(found, 'text', ', ') }, { valuesZh, assumption });
  }
  const wanted = residence.anyOf.map((facts) => said(facts, 'text', ' and ')).join('; ');
  const valuesZh = { wanted: residence.anyOf.map((facts) => said(facts, 'textZh', '且')).join('；') };
  return loanStep('residence-missing', { wanted }, { valuesZh, refuses: true, assumption });
}

function limitSteps({ limitFen: ofAll }: LoanPolicyVersion, kind: LoanKind, request: LoanRequest) {
  const isGeneral = kind.limitIs === 'general';
  const isLifted = isGeneral && request.isLimitLifted === true;
  const limitFen = isLifted ? ofAll : Math.min(kind.limitFen, ofAll);
  const ofKind = { name: kind.name, limit: yuan(kind.limitFen) };
  const steps = [
    loanStep('limit-of-all', { limit: yuan(ofAll) }, { limitFen: ofAll }),
    loanStep(isGeneral ? 'limit-general' : 'limit-of-kind', ofKind, {
      valuesZh: { name: kind.nameZh },
      limitFen: Math.min(kind.limitFen, ofAll),
    }),
    ...(isLifted ? [loanStep('limit-lifted', { limit: yuan(limitFen) }, { limitFen })] : []),
    ...(request.amountFen > limitFen
      ? [loanStep('amount-above-limit', { amount: yuan(request.amountFen) }, { refuses: true, limitFen })]
      : []),
  ];
  return { limitFen, steps };
}

function termSteps({ months: { min, max, assumption } }: LoanPolicyVersion, { months }: LoanRequest): LoanStep[] {
  if (min <= months && months <= max) return [];
  return [loanStep('term-not-offered', { months, min, max }, { refuses: true, assumption })];
}

interface RateQuestion {
  readonly policy: LoanPolicy;
  readonly version: LoanPolicyVersion;
  readonly kind: LoanKind;
  readonly base: BaseRate;
  readonly member: LoanMember;
}

const WHOLE = 10_000;

function rateSteps({ policy, version, kind, base, member }: RateQuestion) {
  const steps: LoanStep[] = [];
  let exact = exactRate(base.ratePpm);
  const step = (rule: LoanStep['rule'], values: object, rate: ExactRate, assumption?: string, valuesZh = {}) => {
    exact = rate;
    const ratePpm = roundRate(rate);
    steps.push(loanStep(rule, { ...values, rate: percentOfPpm(ratePpm) }, { ratePpm, assumption, valuesZh }));
  };
  step('base-rate', { from: base.from, months: base.months }, exact, policy.baseRatesAssumption);
  const margin = { name: kind.name, percent: percentOfBasisPoints(kind.marginBasisPoints) };
  const ofKind = timesBasisPoints(exact, WHOLE + kind.marginBasisPoints);
  step('rate-of-kind', margin, ofKind, kind.assumption, { name: kind.nameZh });
  const known = version.contributions.find((one) => one.class === member.contribution);
  const contribution = known ?? version.contributions.at(-1)!;
  const { reductionBasisPoints: points } = contribution;
  step(
    known ? 'contribution' : 'contribution-unknown',
    { class: contribution.class, percent: percentOfBasisPoints(points) },
    timesBasisPoints(exact, WHOLE - points),
    version.contributionsAssumption,
  );
  const { attributes } = member;
  if (attributes['model-worker'] === 'yes') {
    const { reductionBasisPoints: further, assumption } = version.modelWorker;
    const percent = percentOfBasisPoints(further);
    step('model-worker', { percent }, timesBasisPoints(exact, WHOLE - further), assumption);
  }
  if (attributes.hardship === 'yes') {
    const ofBank = exactRate(base.ratePpm);
    const isLess = isLower(ofBank, exact);
    step(isLess ? 'hardship' : 'hardship-lower-already', {}, isLess ? ofBank : exact, version.hardship.assumption);
  }
  if (!isWhole(exact)) step('rate-rounded', {}, exact);
  return { ratePpm: roundRate(exact), steps };
}

function lent({ amountFen, months, plan }: LoanRequest, ratePpm: number, steps: readonly LoanStep[]) {
  const instalments = repaymentPlan({ amountFen, months, plan, ratePpm });
  const interestFen = instalments.reduce((sum, instalment) => sum + instalment.interestFen, 0);
  const [first, last] = [instalments[0]!, instalments.at(-1)!].map(({ paymentFen }) => yuan(paymentFen));
  const told = loanStep(`plan-${plan}`, { months, first, last, interest: yuan(interestFen) });
  return { eligible: true, steps: [...steps, told], instalments, interestFen, repaidFen: amountFen + interestFen };
}
