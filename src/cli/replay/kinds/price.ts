import { z } from 'zod';
import {
  type FareTap,
  isTariffSetId,
  loadCampaigns,
  loadTariff,
  loadTariffs,
  type PricedJourney,
  priceCard,
  unknownCard,
} from '../../../gateway/fares/index.js';
import { loadMembershipPolicy } from '../../../gateway/membership/decide/index.js';
import { placeSchema, services, tapEvents } from '../../../tap/index.js';
import { compare } from '../compare.js';
import type { VectorRunner } from '../vector.js';

const instant = z.iso.datetime({ offset: true });

const priceSchema = z.object({
  tariff: z.unknown(),
  campaigns: z.unknown().default([]),
  policy: z.unknown().default('ningbo'),
  members: z.array(
    z.object({
      card: z.string(),
      generation: z.enum(['pboc2', 'pboc3']).default('pboc3'),
      member: z.boolean().default(false),
      exchanges: z
        .array(z.object({ generation: z.enum(['pboc2', 'pboc3']), from: instant, sequenceNumber: z.int().optional() }))
        .optional(),
      memberships: z.array(z.object({ change: z.enum(['joined', 'left']), from: instant })).optional(),
      certifications: z
        .array(
          z.object({
            year: z.int(),
            at: instant,
            by: z.enum(['self', 'officer']),
            withdrawnAt: instant.optional(),
          }),
        )
        .default([]),
      states: z.array(z.object({ state: z.enum(['inactive', 'active', 'lost', 'closed']), from: instant })).default([]),
    }),
  ),
  taps: z.array(
    z.object({
      card: z.string(),
      service: z.enum(services),
      event: z.enum(tapEvents),
      place: placeSchema.default({}),
      at: instant,
      amountFen: z.int().min(0).default(0),
    }),
  ),
});

const ID_LENGTH = 9;

/** Prices the taps of every card with all service days closed; `rules` must contain the codes named. */
export const runner: VectorRunner = (input, expected) => {
  const { members, taps, ...fares } = priceSchema.parse(input);
  const tariff = isTariffSetId(fares.tariff) ? loadTariffs(fares.tariff) : loadTariff(fares.tariff);
  const campaigns = loadCampaigns(fares.campaigns);
  const policy = loadMembershipPolicy(fares.policy);
  const numbered = taps.map((tap, index) => ({ ...tap, id: String(index).padStart(ID_LENGTH, '0') }));
  const journeys: PricedJourney[] = [];
  const refused: { tap: number; reason: string }[] = [];
  for (const name of new Set(taps.map(({ card }) => card))) {
    const card = members.find((member) => member.card === name) ?? unknownCard;
    const ofCard: FareTap[] = numbered.filter((tap) => tap.card === name);
    const priced = priceCard({ tariff, campaigns, policy, card, taps: ofCard, isClosed: () => true });
    journeys.push(...priced.journeys.filter(({ status }) => status !== 'open'));
    refused.push(...priced.refused.map(({ tapId, reason }) => ({ tap: Number(tapId), reason })));
  }
  journeys.sort((one, other) => Date.parse(one.startedAt) - Date.parse(other.startedAt) || compareIds(one, other));
  refused.sort(byTap);
  return compare(inOrderOfTaps(expected), {
    journeys: journeys.map((journey, index) => namedRules(journey, index, expected)),
    refused,
  });
};

const byTap = (one: { readonly tap: number }, other: { readonly tap: number }): number => one.tap - other.tap;

/** A refusal says its tap: how a vector orders them means nothing. */
function inOrderOfTaps(expected: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { refused } = expected;
  const { data } = z.array(z.looseObject({ tap: z.int() })).safeParse(refused);
  return data ? { ...expected, refused: data.sort(byTap) } : expected;
}

const compareIds = (one: PricedJourney, other: PricedJourney): number => (one.id < other.id ? -1 : 1);

/** `rules` as the vector orders them, where all that it names are there: it need not name every one. */
function namedRules(journey: PricedJourney, index: number, { journeys }: Readonly<Record<string, unknown>>) {
  const named = z.array(z.object({ rules: z.array(z.string()).optional() })).safeParse(journeys).data?.[index]?.rules;
  const rules: readonly string[] = journey.rules;
  return { ...journey, rules: named?.every((rule) => rules.includes(rule)) ? named : rules };
}
