import { createHash } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import type { CertificationAuthorityKeyStore } from '../../../emv/keys/index.js';
import { verifyEvidence } from '../../../src/gateway/evidence/index.js';
import { type Route, route } from '../../../src/gateway/http/route.js';
import type { GatewayDatabase } from '../../../src/gateway/storage/index.js';
import type { TapRecord } from '../../../src/tap/index.js';

/** As many as the gateway keeps together of a batch. */
const TOGETHER = 200;

/** Inserts texts by one durable statement, under the hash of each. */
export function insertTogether(database: GatewayDatabase, bodies: readonly Uint8Array[]): Promise<string[]> {
  return database.inTransaction(async (transaction) => {
    const rows = bodies.map((record) => {
      const content_hash = createHash('sha256').update(record).digest('hex');
      return { tap_id: content_hash, content_hash, received_at_ms: 0, record };
    });
    await transaction.insertInto('tap_conflicts').values(rows).execute();
    return rows.map(({ tap_id }) => tap_id);
  });
}

/** A batch whose taps are verified by their cards' signatures and inserted some hundred at a time, and that is all. */
export function plainBatch(database: GatewayDatabase, caKeys: CertificationAuthorityKeyStore): Route {
  return route({
    method: 'post',
    path: '/v1/taps/batches',
    operationId: 'postTapBatch',
    summary: '',
    tag: 'taps',
    access: 'operator',
    scope: 'taps:write',
    audit: 'none',
    body: { schema: z.unknown(), mediaType: 'application/x-ndjson', isRaw: true },
    responses: {},
    async handle({ request }) {
      const lines = (await text(request)).split('\n');
      const answers: string[] = [];
      for (let start = 0; start < lines.length; start += TOGETHER) {
        const ofGroup = lines.slice(start, start + TOGETHER);
        for (const line of ofGroup) {
          if (!verifyEvidence(JSON.parse(line) as TapRecord, { caKeys }).ok)
            throw new Error('a tap that proves nothing');
        }
        const ids = await insertTogether(
          database,
          ofGroup.map((line) => Buffer.from(line)),
        );
        answers.push(...ids.map((id, index) => JSON.stringify({ index: start + index, status: 201, id })));
      }
      return { status: 200, body: answers.join('\n'), mediaType: 'application/x-ndjson' };
    },
  });
}
