import { z } from 'zod';
import type { CampaignSet, TariffSet } from '../../fares/index.js';
import type { Repricings } from '../../intake/index.js';
import { Problem } from '../problem.js';
import { type Route, route } from '../route.js';
import { serviceDay } from '../schemas.js';

const fen = z.int();
const price = z.object({ tariff: z.string().optional(), fareFen: fen, netFen: fen });

const repricingSchema = z
  .object({
    id: z.string(),
    from: z.string(),
    to: z.string(),
    dryRun: z.boolean(),
    status: z.enum(['running', 'stopped', 'done']),
    fares: z.object({ tariff: z.string(), campaigns: z.string() }).describe('In force when it was asked for'),
    report: z
      .object({
        cards: z.int(),
        journeys: z.int().describe('Priced again'),
        changed: z.int().describe('Of these at another price, new, or no more'),
        fareFen: fen.describe('What fares are more than was booked; below zero less'),
        cardFen: fen,
        sponsors: z.array(z.object({ sponsor: z.string(), amountFen: fen })),
        examples: z
          .array(
            z.object({
              journeyId: z.string(),
              serviceDay: z.string(),
              before: price.optional(),
              after: price.optional(),
            }),
          )
          .describe('The first twenty that changed'),
      })
      .describe('So far'),
    startedAt: z.string(),
    updatedAt: z.string(),
  })
  .describe('Booked journeys priced again under the fares in force');

const documents = z.record(z.string(), z.unknown());
const params = z.strictObject({ id: z.string().max(64) });

export function fareRoutes(tariff: TariffSet, campaigns: CampaignSet, repricings: Repricings): Route[] {
  const found = <Found>(repricing: Found | undefined): Found => {
    if (!repricing) throw new Problem('not-found');
    return repricing;
  };
  return [
    route({
      method: 'get',
      path: '/v1/tariffs',
      operationId: 'listTariffs',
      summary: 'The versions of the tariff in force, each with its days',
      tag: 'fares',
      access: 'operator',
      scope: 'fares:read',
      responses: {
        200: {
          description: 'In order of the day from which they hold',
          schema: z.object({ id: z.string(), serviceDayBegins: z.string(), versions: z.array(documents) }),
        },
      },
      handle: async () => ({ status: 200, body: tariff }),
    }),
    route({
      method: 'get',
      path: '/v1/campaigns',
      operationId: 'listCampaigns',
      summary: 'The campaigns in force, with holidays and working weekends',
      tag: 'fares',
      access: 'operator',
      scope: 'fares:read',
      responses: {
        200: {
          description: 'All sets as one',
          schema: z.object({
            id: z.string(),
            holidays: z.array(z.string()),
            workingDays: z.array(z.string()).optional(),
            campaigns: z.array(documents),
          }),
        },
      },
      handle: async () => ({ status: 200, body: campaigns }),
    }),
    route({
      method: 'post',
      path: '/v1/fares/repricings',
      operationId: 'startRepricing',
      summary: 'Price booked journeys of some service days again, and book the differences',
      tag: 'fares',
      access: 'administrator',
      scope: 'fares:write',
      body: {
        mediaType: 'application/json',
        schema: z
          .strictObject({
            from: serviceDay,
            to: serviceDay,
            dryRun: z.boolean().default(false).describe('Book nothing, say what would be booked'),
          })
          .refine(({ from, to }) => from <= to, { path: ['to'], message: 'not before from' }),
      },
      responses: { 202: { description: 'It has begun; read it until it is done', schema: repricingSchema } },
      async handle({ body }) {
        const begun = await repricings.start(body);
        return { status: 202, body: begun, audited: { repricing: begun.id, from: begun.from, to: begun.to } };
      },
    }),
    route({
      method: 'get',
      path: '/v1/fares/repricings',
      operationId: 'listRepricings',
      summary: 'The last hundred repricings',
      tag: 'fares',
      access: 'administrator',
      scope: 'fares:read',
      responses: { 200: { description: 'Newest first', schema: z.object({ repricings: z.array(repricingSchema) }) } },
      handle: async () => ({ status: 200, body: { repricings: await repricings.list() } }),
    }),
    route({
      method: 'get',
      path: '/v1/fares/repricings/{id}',
      operationId: 'readRepricing',
      summary: 'How far a repricing has come, and what it has found',
      tag: 'fares',
      access: 'administrator',
      scope: 'fares:read',
      params,
      responses: { 200: { description: 'As it stands now', schema: repricingSchema } },
      problems: ['not-found'],
      handle: async ({ params: { id } }) => ({ status: 200, body: found(await repricings.read(id)) }),
    }),
    route({
      method: 'post',
      path: '/v1/fares/repricings/{id}/resume',
      operationId: 'resumeRepricing',
      summary: 'Go on with a repricing that a gateway has left half way; one that is done stays as it is',
      tag: 'fares',
      access: 'administrator',
      scope: 'fares:write',
      params,
      responses: { 202: { description: 'It goes on', schema: repricingSchema } },
      problems: ['not-found'],
      handle: async ({ params: { id } }) => ({ status: 202, body: found(await repricings.resume(id)) }),
    }),
  ];
}
