import { tapSchemaView } from '../receipt/posted-tap.js';
import type { GatewayClient } from './gateway-client.js';
import type { PlayedScene } from './play-scene.js';

export interface Tampering {
  readonly title: string;
  readonly status: number;
  readonly code?: string;
  readonly detail?: string;
}

const answerOf = ({ status, body }: { status: number; body: unknown }): Omit<Tampering, 'title'> => {
  const { code, title, detail = title } = tapSchemaView.problem.safeParse(body).data ?? {};
  return { status, ...(code !== undefined && { code }), ...(detail !== undefined && { detail }) };
};

/** What a gateway must not fall for: the same tap again, the same tap with another amount, and a tap made up from it. */
export async function tamper({ record }: PlayedScene, gateway: GatewayClient): Promise<Tampering[]> {
  if (!record) return [];
  const post = async (title: string, body: unknown) => ({ title, ...answerOf(await gateway.post('/v1/taps', body)) });
  const cheaper = {
    ...record,
    amountFen: 1,
    evidence: { ...record.evidence, data: { ...record.evidence.data, '9F02': '000000000001' } },
  };
  return [
    await post('the same tap uploaded again', record),
    await post('the same tap with another amount', cheaper),
    await post('a new tap with another amount and the old signature', { ...cheaper, sequence: record.sequence + 1000 }),
    await post('the old tap again under a new number', { ...record, sequence: record.sequence + 1001 }),
  ];
}
