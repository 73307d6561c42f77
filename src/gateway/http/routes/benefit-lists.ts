import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import {
  type BenefitLists,
  benefitListIdSchema,
  benefitListSchema,
  listWriters,
  readChanges,
  readEntries,
  writeListFile,
} from '../../benefits/lists/index.js';
import { memberNumberSchema } from '../../membership/index.js';
import { whereReachable } from '../../people/index.js';
import type { GatewayDatabase } from '../../storage/index.js';
import { answerFile } from '../answer-file.js';
import { entryView, listChangeView, listFileSchema, versionView } from '../benefit-list-schemas.js';
import { pageOf } from '../page-of.js';
import { actorOf, type Principal, reachOf } from '../principal.js';
import { Problem } from '../problem.js';
import { type Route, route } from '../route.js';
import { page, serviceDay } from '../schemas.js';

export interface BenefitListServices {
  readonly benefitLists: BenefitLists;
  readonly database: GatewayDatabase;
  readonly clock: () => Date;
  /** The service day of an instant. */
  readonly dayOf: (instant: string) => string;
}

/** How long a request waits for a version, which goes on without it. */
const WAIT_MS = 20_000;

const ofList = z.strictObject({ list: benefitListIdSchema });
const ofVersion = z.strictObject({
  list: benefitListIdSchema,
  version: z
    .string()
    .regex(/^[1-9]\d{0,8}$/, 'the number of a version')
    .transform(Number),
});

const cursor = (example: string) =>
  z
    .string()
    .regex(/^\d{1,9}$/, 'not a value that a page gave as next')
    .transform(Number)
    .describe(`\`next\` of the page before${example}`);

/** Members by their numbers; it says what it is. */
const memberCursor = z
  .string()
  .regex(/^member\.[^\p{Cc}\p{Cs}]{1,64}$/u, 'not a value that a page gave as next')
  .transform((text) => text.slice('member.'.length))
  .describe('`next` of the page before');

/** Lists of who is entitled to insurance and activities, for those who reach all members. */
export function benefitListRoutes(services: BenefitListServices): Route[] {
  return [...versions(services), ...contents(services)];
}

/** A list names members of every unit. */
function mustReachAll(principal: Principal): void {
  if (reachOf(principal).kind !== 'all') throw new Problem('not-found');
}

function versions({ benefitLists, clock, dayOf }: BenefitListServices): Route[] {
  const common = { tag: 'benefits', access: 'people' } as const;
  const known = (list: string) => {
    if (!benefitLists.policy.lists.some((one) => one.list === list)) throw new Problem('not-found');
  };
  return [
    route({
      ...common,
      method: 'get',
      path: '/v1/benefit-lists',
      operationId: 'listBenefitLists',
      summary: 'Which lists there are, and for whom each is',
      scope: 'benefit-lists:read',
      responses: {
        200: { description: 'As the policy has them', schema: z.object({ lists: z.array(benefitListSchema) }) },
      },
      handle: async () => ({ status: 200, body: { lists: benefitLists.policy.lists } }),
    }),
    route({
      ...common,
      method: 'post',
      path: '/v1/benefit-lists/{list}/versions',
      operationId: 'makeBenefitList',
      summary: 'Make the next version of a list: who is entitled when a service day ends, by what is known now',
      scope: 'benefit-lists:write',
      params: ofList,
      body: {
        schema: z.strictObject({ day: serviceDay.optional().describe('Today if absent') }),
        mediaType: 'application/json',
      },
      responses: {
        201: { description: 'Published', schema: versionView },
        202: { description: 'It is being made and takes a while: ask for it', schema: versionView },
      },
      problems: ['not-found', 'list-being-made'],
      async handle({ params: { list }, body, principal }) {
        mustReachAll(principal);
        known(list);
        const day = body.day ?? dayOf(clock().toISOString());
        const made = await benefitLists.make(list, { day, by: actorOf(principal) });
        if (made === 'busy') throw new Problem('list-being-made');
        const waiting = new AbortController();
        await Promise.race([made.done, setTimeout(WAIT_MS, undefined, { signal: waiting.signal }).catch(() => {})]);
        waiting.abort();
        const view = (await benefitLists.version(list, made.version))!;
        return { status: view.state === 'published' ? 201 : 202, body: view, log: { list, version: made.version } };
      },
    }),
    route({
      ...common,
      method: 'get',
      path: '/v1/benefit-lists/{list}/versions',
      operationId: 'listBenefitListVersions',
      summary: 'The versions of a list, the newest first',
      scope: 'benefit-lists:read',
      params: ofList,
      query: page.extend({ after: cursor('').optional() }),
      responses: {
        200: {
          description: '`next` is there when there are more',
          schema: z.object({ versions: z.array(versionView), next: z.string().optional() }),
        },
      },
      problems: ['not-found'],
      async handle({ params: { list }, query: { limit, after }, principal }) {
        mustReachAll(principal);
        known(list);
        const found = await benefitLists.versions(list, {
          limit: limit + 1,
          ...(after !== undefined && { before: after }),
        });
        const { items, next } = pageOf(found, limit, ({ version }) => String(version));
        return { status: 200, body: { versions: items, next } };
      },
    }),
    route({
      ...common,
      method: 'get',
      path: '/v1/benefit-lists/{list}/versions/{version}',
      operationId: 'readBenefitListVersion',
      summary: 'One version: what is signed of it, or how far it has come',
      scope: 'benefit-lists:read',
      params: ofVersion,
      responses: { 200: { description: 'The version', schema: versionView } },
      problems: ['not-found'],
      async handle({ params: { list, version }, principal }) {
        mustReachAll(principal);
        const view = await benefitLists.version(list, version);
        if (!view) throw new Problem('not-found');
        return { status: 200, body: view };
      },
    }),
  ];
}

function contents({ benefitLists, database }: BenefitListServices): Route[] {
  const { kysely } = database;
  const common = { tag: 'benefits', access: 'people', scope: 'benefit-lists:read', audit: 'read' } as const;

  async function published(list: string, version: number) {
    const view = await benefitLists.version(list, version);
    if (view?.state !== 'published') throw new Problem('not-found');
    return view;
  }

  return [
    route({
      ...common,
      method: 'get',
      path: '/v1/benefit-lists/{list}/versions/{version}/changes',
      operationId: 'listBenefitListChanges',
      summary: 'Who was added by a version and who was dropped, and why; an officer sees those below',
      params: ofVersion,
      query: page.extend({
        after: memberCursor.optional(),
        change: z.enum(['added', 'dropped', 'changed']).optional(),
      }),
      responses: {
        200: {
          description: 'In order of their numbers; `next` is there when there are more',
          schema: z.object({ changes: z.array(listChangeView), next: z.string().optional() }),
        },
      },
      problems: ['not-found'],
      async handle({ params: { list, version }, query: { limit, ...query }, principal }) {
        await published(list, version);
        const asked = { list, version, ...query, limit: limit + 1 };
        const found = await readChanges(kysely, asked, reachOf(principal));
        const { items, next } = pageOf(found, limit, ({ member }) => `member.${member}`);
        return { status: 200, body: { changes: items, next } };
      },
    }),
    route({
      ...common,
      method: 'get',
      path: '/v1/benefit-lists/{list}/versions/{version}/file',
      operationId: 'readBenefitListFile',
      summary: 'Everybody on a version, always the same bytes; the hash is in the header `repr-digest` as well',
      audit: 'change',
      params: ofVersion,
      query: z.strictObject({ format: z.enum(['csv', 'json']).default('json') }),
      responses: {
        200: {
          description: 'The file',
          headers: ['Repr-Digest', 'Digest'],
          schema: listFileSchema,
          others: { 'text/csv': z.string().describe('The same as CSV, UTF-8') },
        },
      },
      problems: ['not-found'],
      async handle({ params: { list, version }, query: { format }, principal, response }) {
        mustReachAll(principal);
        const { header } = await published(list, version);
        const sha256 = format === 'csv' ? header!.csvSha256 : header!.jsonSha256;
        const file = { name: `${list}-${version}.${format}`, mediaType: listWriters[format].mediaType, sha256 };
        return answerFile(response, file, (send) =>
          database.aside(async (aside) => {
            for await (const text of writeListFile(readEntries(aside, { list, version }), { list, version, format })) {
              if (!(await send(text))) return;
            }
          }),
        );
      },
    }),
    route({
      ...common,
      method: 'get',
      path: '/v1/benefit-lists/{list}/members/{member}',
      operationId: 'readBenefitListMember',
      summary: 'Whether a member is on a list, since when, and all that has changed of it',
      params: z.strictObject({ list: benefitListIdSchema, member: memberNumberSchema }),
      responses: { 200: { description: 'What versions have said of the member', schema: entryView } },
      problems: ['not-found'],
      async handle({ params: { list, member }, principal }) {
        const query = kysely
          .selectFrom('benefit_list_changes as changed')
          .innerJoin('benefit_list_versions as made', (join) =>
            join.onRef('made.list', '=', 'changed.list').onRef('made.version', '=', 'changed.version'),
          )
          .select(['changed.version', 'changed.change', 'changed.reason', 'changed.since', 'made.day'])
          .where('changed.list', '=', list)
          .where('changed.member', '=', member)
          .where('made.published_at_ms', 'is not', null)
          .orderBy('changed.version')
          .limit(1000);
        const changes = await whereReachable(query, reachOf(principal), { member: 'changed.member' }).execute();
        const last = changes.at(-1);
        if (!last) throw new Problem('not-found');
        const listed = last.change !== 'dropped';
        return { status: 200, body: { list, member, listed, ...(listed && { since: last.since }), changes } };
      },
    }),
  ];
}
