import { DAY_MS } from '../../calendar/shanghai.js';
import type { Job } from '../jobs/index.js';
import type { GatewayDatabase } from '../storage/index.js';

const EVERY_SECONDS = 3600;

/** Forgets codes once they count for no limit any more. */
export const forgetCodesJob = ({ kysely }: Pick<GatewayDatabase, 'kysely'>, clock: () => Date): Job => ({
  name: 'forget-certification-codes',
  everySeconds: EVERY_SECONDS,
  run: async () => {
    const old = clock().getTime() - 2 * DAY_MS;
    await kysely.deleteFrom('certification_codes').where('asked_at_ms', '<', old).execute();
  },
});
