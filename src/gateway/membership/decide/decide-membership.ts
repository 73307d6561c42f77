import type { Service } from '../../../tap/index.js';
import { serviceDayOf } from '../../fares/service-day.js';
import type { CardHistory, Certification } from './card-history.js';
import { type CardRefusal, cardRefusal } from './card-refusal.js';
import { memberRefusal } from './member-refusal.js';
import type { MembershipReason } from './membership-reason.js';
import type { MembershipPolicy, PolicyVersion, YearlyRule } from './policy-schema.js';

export interface MembershipQuestion {
  readonly policy: MembershipPolicy;
  /** `undefined`: nobody has registered the card. */
  readonly card: CardHistory | undefined;
  /** ISO 8601 with offset. */
  readonly at: string;
  /** YYYY-MM-DD, where the caller's day begins otherwise than the policy's. */
  readonly serviceDay?: string;
  /** What the benefit is for: a grace may be for some services only. */
  readonly service?: Service;
  /** From which year on this benefit asks for a certification, `never`, or as the policy says (absent). */
  readonly certifiedFrom?: number | 'never';
}

export type MembershipDecision = Entitled | NotEntitled<ReasonAgainst>;

export type ReasonFor = 'certified' | 'certification-not-needed' | 'grace';
export type ReasonAgainst = Exclude<MembershipReason, ReasonFor>;
export type ReasonAgainstMember = Exclude<ReasonAgainst, CardRefusal | 'card-unknown'>;

export interface Entitled extends Decided {
  readonly entitled: true;
  readonly reason: ReasonFor;
}

export interface NotEntitled<Reason extends ReasonAgainst> extends Decided {
  readonly entitled: false;
  readonly reason: Reason;
}

interface Decided {
  readonly at: string;
  /** The year for which a certification counts or would be needed: that of the service day. */
  readonly year: number;
  /** The last day of the grace that it rests on. */
  readonly until?: string;
  /** The certification that it rests on, or that was withdrawn. */
  readonly certification?: Certification;
}

/**
 * Whether a card has its member's benefits at an instant, and why: the one place where this is decided, for gates,
 * prices, lists and pages. Pure: the same facts give the same answer whenever they were recorded (the union's notice of
 * 2015: only PBOC 3.0 cards are tapped; from 2016 on members are certified each year, and lose every benefit without).
 */
export function decideMembership(question: MembershipQuestion): MembershipDecision {
  const { card, at } = question;
  const reason = card ? cardRefusal(card, at) : 'card-unknown';
  if (reason === undefined) return decideMember(question);
  return { entitled: false, reason, at, year: yearOf(question) };
}

/** The same of the member alone, whatever the state of the card: who has been tapped in has proved the card. */
export function decideMember(question: MembershipQuestion): Entitled | NotEntitled<ReasonAgainstMember> {
  const { card, at } = question;
  const year = yearOf(question);
  const reason = card ? memberRefusal(card, at) : 'not-a-member';
  if (card === undefined || reason !== undefined) {
    return { entitled: false, reason: reason ?? 'not-a-member', at, year };
  }
  return decideCertification(question, card, year);
}

const dayOf = ({ policy, at, serviceDay }: MembershipQuestion): string =>
  serviceDay ?? serviceDayOf({ serviceDayBegins: policy.dayBegins }, at);

const yearOf = (question: MembershipQuestion): number => Number(dayOf(question).slice(0, 4));

/** What is asked of a certification by a benefit that needs one where the policy needs none. */
const PLAIN_RULE: YearlyRule = {
  needed: true,
  opens: 'any-time',
  lapses: { day: '12-31', yearsLater: 0 },
  confirms: [],
};

function decideCertification(
  question: MembershipQuestion,
  card: CardHistory,
  year: number,
): Entitled | NotEntitled<'not-certified' | 'certification-withdrawn'> {
  const { policy, at, certifiedFrom } = question;
  const day = dayOf(question);
  const ruled = versionOn(policy, day)?.certification;
  const isNeeded =
    certifiedFrom === undefined ? ruled?.needed === true : certifiedFrom !== 'never' && year >= certifiedFrom;
  if (!isNeeded) return { entitled: true, reason: 'certification-not-needed', at, year };
  const rule = ruled?.needed ? ruled : PLAIN_RULE;
  const instant = Date.parse(at);
  let withdrawn: Certification | undefined;
  for (const certification of card.certifications) {
    if (!coversDay(certification, rule, day) || Date.parse(certification.at) > instant) continue;
    if (!isOpen(certification, rule, policy)) continue;
    if (stands(certification, card, at)) return { entitled: true, reason: 'certified', at, year, certification };
    withdrawn = certification;
  }
  if (withdrawn) {
    return { entitled: false, reason: 'certification-withdrawn', at, year, certification: withdrawn };
  }
  const until = graceUntil(question, rule, card, year);
  if (until !== undefined && day <= until) return { entitled: true, reason: 'grace', at, year, until };
  return { entitled: false, reason: 'not-certified', at, year };
}

/** The version of the policy on a service day. */
export const versionOn = ({ versions }: MembershipPolicy, day: string): PolicyVersion | undefined =>
  versions.find(({ from, to }) => (from === undefined || from <= day) && (to === undefined || day <= to));

/** Days are compared as text: 02-29 is behind the last of February in any year. */
const coversDay = ({ year }: Certification, { lapses }: YearlyRule, day: string): boolean =>
  day >= `${year}-01-01` && day <= `${year + lapses.yearsLater}-${lapses.day}`;

/** Whether a certification was done when its year was open for it. */
export function isOpen(
  { year, at }: Pick<Certification, 'year' | 'at'>,
  { opens }: YearlyRule,
  { dayBegins }: MembershipPolicy,
): boolean {
  if (opens === 'any-time') return true;
  return serviceDayOf({ serviceDayBegins: dayBegins }, at) >= `${year - opens.yearsBefore}-${opens.day}`;
}

/** Whether a certification was done by an instant, and neither withdrawn by then nor lost by leaving. */
export function stands(certification: Certification, card: Pick<CardHistory, 'memberships'>, at: string): boolean {
  const instant = Date.parse(at);
  return Date.parse(certification.at) <= instant && instant < endOf(certification, card);
}

/** When a certification ends before its year does: withdrawn, or its member has left. */
function endOf({ at, withdrawnAt }: Certification, { memberships }: Pick<CardHistory, 'memberships'>): number {
  let end = withdrawnAt === undefined ? Number.POSITIVE_INFINITY : Date.parse(withdrawnAt);
  if (memberships === undefined) return end;
  const done = Date.parse(at);
  for (const { change, from } of memberships) {
    const left = change === 'left' ? Date.parse(from) : Number.POSITIVE_INFINITY;
    if (left >= done && left < end) end = left;
  }
  return end;
}

/** The last day of the grace that this card has, if it has one. */
function graceUntil(
  { service }: MembershipQuestion,
  { grace }: YearlyRule,
  { certifications }: CardHistory,
  year: number,
): string | undefined {
  if (!grace) return undefined;
  if (grace.services && service !== undefined && !grace.services.includes(service)) return undefined;
  const wasCertified = certifications.some((one) => one.year === year - 1 && one.withdrawnAt === undefined);
  return grace.for === 'every-member' || wasCertified ? `${year}-${grace.until}` : undefined;
}
