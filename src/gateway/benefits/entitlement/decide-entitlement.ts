import { serviceDayOf } from '../../fares/service-day.js';
import { decideMember, type MembershipPolicy, type MembershipReason, wordsOf } from '../../membership/index.js';
import { attributeWords } from '../attributes/member-attribute.js';
import { fillWords, type TextValues } from '../fill-text.js';
import texts from './condition-refusals.json';
import type { Conditions } from './conditions-schema.js';
import type { Person } from './person.js';

export type ConditionRefusal = keyof typeof texts;

export interface Entitlement {
  readonly entitled: boolean;
  /** Stable. */
  readonly reason: MembershipReason | ConditionRefusal;
  readonly text: string;
  readonly textZh: string;
}

export interface EntitlementQuestion {
  readonly policy: MembershipPolicy;
  readonly person: Person;
  readonly conditions: Conditions;
  /** ISO 8601 with offset. */
  readonly at: string;
}

/**
 * Whether a member has a benefit at an instant, and why. First whether they are a member who is certified, by the same
 * decision and in the same words as gate and receipt; then each condition, in the order of the schema. Pure.
 */
export function decideEntitlement({ policy, person, conditions, at }: EntitlementQuestion): Entitlement {
  const { certifiedFrom } = conditions;
  const asked = { policy, card: person.history, at, ...(certifiedFrom !== undefined && { certifiedFrom }) };
  const { entitled, reason, year, until } = decideMember(asked);
  const words = wordsOf(reason, { year, at, ...(until !== undefined && { until }) });
  if (!entitled) return { entitled, reason, ...words };
  return (
    unitRefusal(conditions, person) ??
    sexRefusal(conditions, person) ??
    ageRefusal(conditions, person, serviceDayOf({ serviceDayBegins: policy.dayBegins }, at)) ??
    attributeRefusal(conditions, person) ?? { entitled, reason, ...words }
  );
}

const refuse = (reason: ConditionRefusal, values: TextValues = {}, valuesZh: TextValues = {}): Entitlement => ({
  entitled: false,
  reason,
  ...fillWords(texts[reason], values, valuesZh),
});

function unitRefusal({ units }: Conditions, { unitPath }: Person): Entitlement | undefined {
  if (!units || units.some((unit) => unitPath?.includes(`/${unit}/`))) return undefined;
  return refuse('outside-units', { units: units.join(', ') }, { units: units.join('、') });
}

const SEX_ZH = { male: '男', female: '女' } as const;

function sexRefusal({ sex }: Conditions, person: Person): Entitlement | undefined {
  if (sex === undefined || sex === person.sex) return undefined;
  return refuse('other-sex', { sex }, { sex: SEX_ZH[sex] });
}

type AgeRange = NonNullable<Conditions['ages']>[number];

function ageRefusal({ ages }: Conditions, { born, sex }: Person, day: string): Entitlement | undefined {
  if (!ages) return undefined;
  if (born === undefined) return refuse('age-unknown');
  const age = wholeYears(born, day);
  if (ages.some((range) => (range.sex === undefined || range.sex === sex) && range.from <= age && age <= range.to)) {
    return undefined;
  }
  const said = (words: (range: AgeRange) => string, between: string) => ages.map(words).join(between);
  return refuse(
    'outside-ages',
    { ages: said((range) => `${range.from} to ${range.to} years${range.sex ? ` (${range.sex})` : ''}`, ', ') },
    { ages: said((range) => `${range.from}至${range.to}岁${range.sex ? `（${SEX_ZH[range.sex]}）` : ''}`, '、') },
  );
}

/** Years that are full on a day, both YYYY-MM-DD; who was born on 02-29 is a year older on 03-01 of other years. */
function wholeYears(born: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(born.slice(0, 4));
  return day.slice(5) < born.slice(5) ? years - 1 : years;
}

function attributeRefusal({ attributes = [] }: Conditions, person: Person): Entitlement | undefined {
  const missing = attributes.find(({ attribute, anyOf }) => !anyOf.includes(person.attributes[attribute] ?? ''));
  if (!missing) return undefined;
  const { text, textZh } = attributeWords(missing.attribute, missing.anyOf[0]!);
  return refuse('attribute-missing', { attribute: text }, { attribute: textZh });
}
