import { z } from 'zod';
import { type Difference, differenceKinds, ReconciliationError, reconcile } from '../../settlement/index.js';
import type { GatewayDatabase } from '../../storage/index.js';
import { textSender } from '../answer-file.js';
import { maySpeakFor } from '../may-speak-for.js';
import { Problem } from '../problem.js';
import { mediaTypeOf, readUpload } from '../read-stream.js';
import { type Route, route } from '../route.js';
import { name, serviceDay } from '../schemas.js';

const FORMATS: Readonly<Record<string, 'csv' | 'ndjson'>> = { 'application/x-ndjson': 'ndjson', 'text/csv': 'csv' };

const fen = z.int().describe('Fen, 1/100 yuan');
const amounts = z.enum(['fare', 'debited']);

const claimedSchema = z
  .looseObject({
    operator: z.string().optional(),
    terminal: z.string(),
    sequence: z.int(),
    amountFen: z.int().optional(),
    amount: z.union([z.string(), z.number()]).optional().describe('Yuan, in place of amountFen'),
    serviceDay: z.string().optional(),
  })
  .describe('One tap or charge of the operator');

const lineSchema = z.union([
  z
    .object({
      kind: z.enum(differenceKinds),
      terminal: z.string(),
      sequence: z.int(),
      theirsFen: fen,
      oursFen: fen,
      line: z.int().optional().describe('In the file, from 1'),
      journeyId: z.string().optional(),
      reason: z.string().optional(),
    })
    .describe('One difference'),
  z
    .object({
      operator: z.string(),
      serviceDay,
      closed: z.boolean(),
      amounts,
      agrees: z.boolean(),
      theirs: z.object({ records: z.int(), amountFen: fen }),
      ours: z.object({ journeys: z.int(), amountFen: fen }),
      differences: z.object(Object.fromEntries(differenceKinds.map((kind) => [kind, z.int()]))),
    })
    .describe('The last line'),
]);

export function reconciliationRoutes(database: GatewayDatabase): Route[] {
  return [
    route({
      method: 'post',
      path: '/v1/reconciliations',
      operationId: 'reconcile',
      summary: 'Hold an operator’s own file of taps or charges against the books of a service day',
      tag: 'settlements',
      access: 'operator',
      scope: 'settlements:read',
      query: z.strictObject({
        operator: name,
        serviceDay,
        amounts: amounts.default('fare').describe('Fares of journeys, or what cards paid at the taps'),
      }),
      body: {
        schema: claimedSchema,
        mediaType: 'application/x-ndjson',
        others: { 'text/csv': z.string().describe('Columns terminal, sequence and amountFen or amount; serviceDay') },
        isRaw: true,
      },
      responses: {
        200: {
          description: 'A line for each difference, and a last one with the sums of both sides',
          schema: lineSchema,
          mediaType: 'application/x-ndjson',
        },
      },
      problems: ['operator-mismatch', 'reconciliation-file-invalid'],
      async handle({ query, principal, request, response }) {
        if (!maySpeakFor(principal, query.operator)) throw new Problem('operator-mismatch');
        const format = FORMATS[mediaTypeOf(request) ?? ''];
        if (!format) throw new Problem('media-type-unsupported', { detail: Object.keys(FORMATS).join(' or ') });
        const send = textSender(response);
        const write = async (line: Difference | object) => {
          if (!response.headersSent) {
            response.set({
              'content-type': 'application/x-ndjson',
              'x-content-type-options': 'nosniff',
              'cache-control': 'no-store',
            });
          }
          await send(`${JSON.stringify(line)}\n`);
        };
        const file = { format, content: readUpload(request) };
        await write(await reconcile({ database, ...query, file, onDifference: write }).catch(orFileInvalid));
        response.end();
        return 'streamed';
      },
    }),
  ];
}

function orFileInvalid(error: unknown): never {
  if (!(error instanceof ReconciliationError)) throw error;
  const { line, column, reason } = error;
  const wrong = { pointer: column === '' ? '' : `/${column}`, code: 'wrong-format', message: reason, line };
  throw new Problem('reconciliation-file-invalid', { detail: error.message, errors: [wrong] });
}
