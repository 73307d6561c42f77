import type { Kysely } from 'kysely';
import { z } from 'zod';
import { instantSchema } from '../../../tap/index.js';
import { attributeSchema } from '../../benefits/attributes/member-attribute.js';
import { readAttributeFacts } from '../../benefits/attributes/read-attributes.js';
import { recordAttribute } from '../../benefits/attributes/record-attribute.js';
import {
  contributionSchema,
  readContributions,
  recordContribution,
} from '../../benefits/contributions/contributions.js';
import { loanPolicySchema } from '../../benefits/loans/index.js';
import { type LoanOptions, quoteForMember } from '../../benefits/loans/quote-for-member.js';
import { memberNumberSchema } from '../../membership/index.js';
import { isReachable, mayReachUnit, type Reach } from '../../people/index.js';
import type { Tables } from '../../storage/index.js';
import { readUnit, type Unit, unitIdSchema, unitPathOf } from '../../units/index.js';
import { attributeView, contributionView, quoteView } from '../loan-schemas.js';
import { memberSpokenFor } from '../member-spoken-for.js';
import { actorOf, reachOf } from '../principal.js';
import { Problem } from '../problem.js';
import { type Route, route } from '../route.js';

export interface LoanServices extends LoanOptions {
  readonly clock: () => Date;
}

/** As much as an amount may be, whatever a policy allows: a quote says that it is too much. */
const AMOUNT_MAX = 10_000_000_000;
const MONTHS_MAX = 360;

const quoteSchema = z
  .strictObject({
    member: memberNumberSchema.optional().describe('For whom; a member who is logged in leaves it out'),
    kind: z
      .string()
      .regex(/^[a-z][a-z-]{0,39}$/, 'lower-case letters and hyphens')
      .describe('As the policy names it'),
    amountFen: z.int().min(10_000).max(AMOUNT_MAX).describe('Fen, at least 100 yuan'),
    months: z.int().min(1).max(MONTHS_MAX),
    plan: z.enum(['equal-instalments', 'equal-principal']).default('equal-instalments'),
    at: instantSchema.optional().describe('When; now if absent'),
    isLimitLifted: z.boolean().optional().describe('The lender has decided to go beyond what is general for this kind'),
  })
  .describe('The body, and not the address: what is known of a member does not belong in a log');

/** Loan quotes by the rules of the union, and what they ask of members and units. */
export function loanRoutes(services: LoanServices): Route[] {
  return [...quoting(services), ...attributes(services), ...contributions(services)];
}

function quoting({ clock, ...options }: LoanServices): Route[] {
  const common = { tag: 'benefits', access: 'people', scope: 'loans:read' } as const;
  return [
    route({
      ...common,
      method: 'get',
      path: '/v1/loans/policy',
      operationId: 'readLoanPolicy',
      summary: 'The rules of loans: limits, rates, reductions, who is eligible, and what of it is assumed',
      responses: { 200: { description: 'The policy', schema: loanPolicySchema } },
      handle: async () => ({ status: 200, body: options.loans }),
    }),
    route({
      ...common,
      method: 'post',
      path: '/v1/loans/quotes',
      operationId: 'quoteLoan',
      summary: 'What a member could borrow, at which rate and why, and how it is paid back',
      audit: 'read',
      body: { schema: quoteSchema, mediaType: 'application/json' },
      responses: { 200: { description: 'The quote, of one who gets nothing too', schema: quoteView } },
      problems: ['not-found'],
      async handle({ body: { member: named, at = clock().toISOString(), ...request }, principal }) {
        const member = memberSpokenFor(principal, named);
        if (!(await isReachable(options.database.kysely, reachOf(principal), member))) throw new Problem('not-found');
        const quote = await quoteForMember(options, member, { ...request, at });
        if (!quote) throw new Problem('not-found');
        const { kind, amountFen, months, plan } = request;
        const asked = { member, at, kind, amountFen, months, plan, policy: options.loans.id };
        return { status: 200, body: { ...asked, ...quote }, log: { eligible: String(quote.eligible) } };
      },
    }),
  ];
}

function attributes({ database, clock }: LoanServices): Route[] {
  const { kysely } = database;
  const common = { tag: 'benefits', access: 'people' } as const;
  const toView = ({ member, attribute, value, from, recorded_at_ms, by, reason }: AttributeRow) => {
    return { member, attribute, value, from, recordedAt: new Date(recorded_at_ms).toISOString(), by, reason };
  };
  type AttributeRow = NonNullable<
    Awaited<ReturnType<typeof readAttributeFacts>> extends ReadonlyMap<string, readonly (infer Row)[]> ? Row : never
  >;
  const params = z.strictObject({ member: memberNumberSchema });
  const read = async (member: string) => ((await readAttributeFacts(kysely, [member])).get(member) ?? []).map(toView);
  const schema = z.object({ attributes: z.array(attributeView) });
  return [
    route({
      ...common,
      method: 'post',
      path: '/v1/loans/attributes/{member}',
      operationId: 'recordMemberAttribute',
      summary: 'Record what loans and lists ask of a member: residence, model worker, hardship; from an instant on',
      scope: 'attributes:write',
      params,
      body: { schema: attributeSchema, mediaType: 'application/json' },
      responses: {
        201: { description: 'Recorded; all that is known', schema },
        200: { description: 'It was known', schema },
      },
      problems: ['not-found'],
      async handle({ params: { member }, body, principal }) {
        // Nobody says of themself that they are in hardship.
        const { kind } = reachOf(principal);
        const isThere = kind !== 'member' && (await isReachable(kysely, reachOf(principal), member));
        const recorded = isThere
          ? await recordAttribute({ database, clock }, { ...body, member, by: actorOf(principal) })
          : 'member-unknown';
        if (recorded === 'member-unknown') throw new Problem('not-found');
        return { status: recorded === 'created' ? 201 : 200, body: { attributes: await read(member) } };
      },
    }),
    route({
      ...common,
      method: 'get',
      path: '/v1/loans/attributes/{member}',
      operationId: 'listMemberAttributes',
      summary: 'What was recorded of a member for loans and lists, by whom and why',
      scope: 'loans:read',
      audit: 'read',
      params,
      responses: { 200: { description: 'In the order in which it holds', schema } },
      problems: ['not-found'],
      async handle({ params: { member }, principal }) {
        if (!(await isReachable(kysely, reachOf(principal), member))) throw new Problem('not-found');
        return { status: 200, body: { attributes: await read(member) } };
      },
    }),
  ];
}

function contributions({ database, clock }: LoanServices): Route[] {
  const { kysely } = database;
  const common = { tag: 'benefits', access: 'people' } as const;
  const schema = z.object({ contributions: z.array(contributionView) });
  const read = async (unit: string) => ({
    contributions: (await readContributions(kysely, [unit])).map(
      ({ from_ms: _, sequence: __, recorded_at_ms, ...row }) => ({
        ...row,
        recordedAt: new Date(recorded_at_ms).toISOString(),
      }),
    ),
  });
  return [
    route({
      ...common,
      method: 'post',
      path: '/v1/loans/contributions',
      operationId: 'recordContribution',
      summary: 'Record of which class a unit’s deposit contribution is from an instant on',
      scope: 'attributes:write',
      body: { schema: contributionSchema, mediaType: 'application/json' },
      responses: {
        201: { description: 'Recorded; all that is known of the unit', schema },
        200: { description: 'It was known', schema },
      },
      problems: ['not-found'],
      async handle({ body, principal }) {
        const isAll = reachOf(principal).kind === 'all';
        const recorded = isAll
          ? await recordContribution({ database, clock }, { ...body, by: actorOf(principal) })
          : 'unit-unknown';
        if (recorded === 'unit-unknown') throw new Problem('not-found');
        const status = recorded === 'created' ? 201 : 200;
        return { status, body: await read(body.unit), audited: { unit: body.unit } };
      },
    }),
    route({
      ...common,
      method: 'get',
      path: '/v1/loans/contributions/{unit}',
      operationId: 'listContributions',
      summary: 'The classes of a unit’s deposit contribution',
      scope: 'loans:read',
      params: z.strictObject({ unit: unitIdSchema }),
      responses: { 200: { description: 'In the order in which they hold', schema } },
      problems: ['not-found'],
      async handle({ params: { unit }, principal }) {
        const found = await readUnit(kysely, unit);
        if (!found || !(await mayReadContributions(kysely, reachOf(principal), found))) throw new Problem('not-found');
        return { status: 200, body: await read(unit) };
      },
    }),
  ];
}

/** Officers read what is said of their unit and of those below; a member of their own unit and of those above, whose class may be theirs. */
async function mayReadContributions(kysely: Kysely<Tables>, reach: Reach, { unit, path }: Unit): Promise<boolean> {
  if (reach.kind !== 'member') return mayReachUnit(reach, path);
  return (await unitPathOf(kysely, reach.member))?.includes(`/${unit}/`) === true;
}
