import { z } from 'zod';
import {
  type ClaimAnswer,
  type ClaimChanged,
  closeOffer,
  type Offers,
  offerIdSchema,
  offerSchema,
  readClaim,
  readClaims,
  readOffer,
  readOffers,
  recordOffer,
} from '../../benefits/offers/index.js';
import { memberNumberSchema } from '../../membership/index.js';
import { isReachable, mayReachMember } from '../../people/index.js';
import type { GatewayDatabase } from '../../storage/index.js';
import { claimDetails, claimState, claimView, offerView } from '../benefit-schemas.js';
import { memberSpokenFor } from '../member-spoken-for.js';
import { pageOf } from '../page-of.js';
import { actorOf, type Principal, reachOf } from '../principal.js';
import { Problem } from '../problem.js';
import { type Answer, type Route, route } from '../route.js';
import { page } from '../schemas.js';
import { reason } from '../settlement-schemas.js';

export interface OfferServices {
  readonly offers: Offers;
  readonly database: GatewayDatabase;
  readonly clock: () => Date;
}

const COLLECT = 'offers:collect';

const ofOffer = z.strictObject({ offer: offerIdSchema });
const ofClaim = z.strictObject({ offer: offerIdSchema, member: memberNumberSchema });

/** Where a page of offers ended; it says what it is. */
const offersCursor = z
  .string()
  .regex(/^\d{1,15}\.[a-z0-9-]{1,64}$/, 'not a value that a page gave as next')
  .transform((text) => ({ opensAtMs: Number(text.split('.')[0]), offer: text.slice(text.indexOf('.') + 1) }))
  .describe('`next` of the page before');

const claimsCursor = z
  .string()
  .regex(/^\d{1,9}$/, 'not a value that a page gave as next')
  .transform(Number)
  .describe('`next` of the page before');

/** Limited offers, which members claim first come, first served. */
export function offerRoutes(services: OfferServices): Route[] {
  return [...publishing(services), ...claiming(services), ...following(services)];
}

function publishing({ database, clock }: OfferServices): Route[] {
  const { kysely } = database;
  const common = { tag: 'benefits', access: 'people' } as const;
  return [
    route({
      ...common,
      method: 'post',
      path: '/v1/offers',
      operationId: 'publishOffer',
      summary: 'Publish a limited offer; it is never changed, only closed',
      scope: 'offers:write',
      body: { schema: offerSchema, mediaType: 'application/json' },
      responses: {
        201: { description: 'Published', schema: offerView },
        200: { description: 'It was published before', schema: offerView },
      },
      problems: ['offer-conflict'],
      async handle({ body, principal }) {
        mustReachAll(principal);
        const recorded = await recordOffer({ database, clock }, { offer: body, by: actorOf(principal) });
        if (recorded.result === 'conflict') throw new Problem('offer-conflict');
        return { status: recorded.result === 'created' ? 201 : 200, body: recorded.offer, log: { offer: body.offer } };
      },
    }),
    route({
      ...common,
      method: 'get',
      path: '/v1/offers',
      operationId: 'listOffers',
      summary: 'Offers and what is left of them',
      scope: 'offers:read',
      query: page.extend({ after: offersCursor.optional(), state: z.enum(['upcoming', 'open', 'over']).optional() }),
      responses: {
        200: {
          description: 'Those that open first before the others; `next` is there when there are more',
          schema: z.object({ offers: z.array(offerView), next: z.string().optional() }),
        },
      },
      async handle({ query: { limit, ...query } }) {
        const found = await readOffers(kysely, { ...query, limit: limit + 1 }, clock());
        const { items, next } = pageOf(found, limit, ({ opens, offer }) => `${Date.parse(opens)}.${offer}`);
        return { status: 200, body: { offers: items, next } };
      },
    }),
    route({
      ...common,
      method: 'get',
      path: '/v1/offers/{offer}',
      operationId: 'readOffer',
      summary: 'One offer and what is left of it',
      scope: 'offers:read',
      params: ofOffer,
      responses: { 200: { description: 'The offer', schema: offerView } },
      problems: ['not-found'],
      async handle({ params }) {
        const offer = await readOffer(kysely, params.offer, clock());
        if (!offer) throw new Problem('not-found');
        return { status: 200, body: offer };
      },
    }),
    route({
      ...common,
      method: 'post',
      path: '/v1/offers/{offer}/closing',
      operationId: 'closeOffer',
      summary: 'Close an offer before its time: nobody gets one any more, claims stay as they are',
      scope: 'offers:write',
      params: ofOffer,
      body: { schema: z.strictObject({ reason }), mediaType: 'application/json' },
      responses: { 200: { description: 'Closed; again changes nothing', schema: offerView } },
      problems: ['not-found'],
      async handle({ params: { offer }, body, principal }) {
        mustReachAll(principal);
        const closed = await closeOffer({ database, clock }, { offer, by: actorOf(principal), reason: body.reason });
        if (!closed) throw new Problem('not-found');
        return { status: 200, body: closed };
      },
    }),
  ];
}

/** An offer is for members of every unit, so that whoever looks after some of them does not publish it. */
function mustReachAll(principal: Principal): void {
  if (reachOf(principal).kind !== 'all') throw new Problem('not-found');
}

function claiming({ offers }: OfferServices): Route[] {
  return [
    route({
      method: 'post',
      path: '/v1/offers/{offer}/claims',
      operationId: 'claimOffer',
      summary: 'Claim one: first come, first served, one for each member; the same again gets the same answer',
      tag: 'benefits',
      access: 'people',
      scope: 'offers:claim',
      // The books tell of each claim, by whom and when; a record more before and after it would be two commits more.
      audit: 'none',
      params: ofOffer,
      body: {
        schema: z.strictObject({
          member: memberNumberSchema.optional().describe('For whom; a member who is logged in leaves it out'),
          item: offerIdSchema.optional().describe('Which one, where the offer has several'),
        }),
        mediaType: 'application/json',
      },
      responses: {
        201: { description: 'Claimed, or waiting for one that is given back', schema: claimView },
        200: { description: 'The member has it already, or waits already', schema: claimView },
      },
      problems: ['not-found', 'claim-refused'],
      async handle({ params: { offer }, body, principal }) {
        const member = claimantOf(principal, body.member);
        return claimAnswer(await offers.claim({ offer, member, item: body.item, by: actorOf(principal) }));
      },
    }),
  ];
}

/** A member claims for themself; whoever reaches all says for whom. */
function claimantOf(principal: Principal, named: string | undefined): string {
  const member = memberSpokenFor(principal, named);
  if (!mayReachMember(reachOf(principal), { member })) throw new Problem('not-found');
  return member;
}

function claimAnswer(answer: ClaimAnswer): Answer {
  if (answer.result === 'refused') {
    const { code, text, textZh } = answer.refusal;
    throw new Problem('claim-refused', { code, detail: text, extensions: { detailZh: textZh } });
  }
  if (answer.result !== 'created' && answer.result !== 'exists') throw new Problem('not-found');
  const { claim, result } = answer;
  const log = { offer: claim.offer, number: claim.number, state: claim.state };
  return { status: result === 'created' ? 201 : 200, body: claim, log };
}

function following({ database, offers, clock }: OfferServices): Route[] {
  const { kysely } = database;
  const common = { tag: 'benefits', access: 'people' } as const;

  async function mustReach(principal: Principal, member: string): Promise<void> {
    if (!(await isReachable(kysely, reachOf(principal), member))) throw new Problem('not-found');
  }

  return [
    route({
      ...common,
      method: 'get',
      path: '/v1/offers/{offer}/claims',
      operationId: 'listClaims',
      summary: 'Who has claimed what, by number',
      scope: 'offers:read',
      audit: 'read',
      params: ofOffer,
      query: page.extend({ after: claimsCursor.optional(), state: claimState.optional() }),
      responses: {
        200: {
          description: 'In the order of their numbers; `next` is there when there are more',
          schema: z.object({ claims: z.array(claimView), next: z.string().optional() }),
        },
      },
      problems: ['not-found'],
      async handle({ params: { offer }, query: { limit, ...query }, principal }) {
        if (!(await readOffer(kysely, offer, clock()))) throw new Problem('not-found');
        const found = await readClaims(kysely, { ...query, offer, limit: limit + 1 }, reachOf(principal));
        const { items, next } = pageOf(found, limit, ({ number }) => String(number));
        return { status: 200, body: { claims: items, next } };
      },
    }),
    route({
      ...common,
      method: 'get',
      path: '/v1/offers/{offer}/claims/{member}',
      operationId: 'readClaim',
      summary: 'What a member has of an offer, and all that became of it',
      scope: 'offers:read',
      audit: 'read',
      params: ofClaim,
      responses: { 200: { description: 'The claim', schema: claimDetails } },
      problems: ['not-found'],
      async handle({ params, principal }) {
        await mustReach(principal, params.member);
        const claim = await readClaim(kysely, params);
        if (!claim) throw new Problem('not-found');
        return { status: 200, body: claim };
      },
    }),
    route({
      ...common,
      method: 'post',
      path: '/v1/offers/{offer}/claims/{member}/changes',
      operationId: 'changeClaim',
      summary:
        'Give back what was claimed, so that who has waited longest gets it; or write down that it was collected',
      scope: 'offers:claim',
      params: ofClaim,
      body: {
        schema: z.strictObject({
          change: z
            .enum(['cancelled', 'collected'])
            .describe('`collected` needs the scope offers:collect as well: nobody hands out to themself'),
          reason: reason.optional(),
        }),
        mediaType: 'application/json',
      },
      responses: { 200: { description: 'Changed; again changes nothing', schema: claimView } },
      problems: ['not-found', 'claim-state-wrong'],
      async handle({ params, body: { change, reason: why = '' }, principal }) {
        if (change === 'collected' && !principal.scopes.has(COLLECT)) {
          throw new Problem('scope-missing', {
            detail: `This needs the scope ${COLLECT}.`,
            extensions: { scope: COLLECT },
          });
        }
        await mustReach(principal, params.member);
        return changeAnswer(await offers.change({ ...params, change, by: actorOf(principal), reason: why }));
      },
    }),
  ];
}

function changeAnswer(changed: ClaimChanged): Answer {
  if (changed.result === 'claim-unknown') throw new Problem('not-found');
  const { claim } = changed;
  if (changed.result === 'not-from-here') {
    throw new Problem('claim-state-wrong', { detail: `The claim is ${claim.state}.` });
  }
  return { status: 200, body: claim, log: { offer: claim.offer, state: claim.state } };
}
