import type { Job } from '../jobs/index.js';
import type { GatewayDatabase } from '../storage/index.js';

/** So long a client that still shows one is told that it was replaced, and not that nobody knows it. */
const KEPT_MS = 90 * 86_400_000;

/** Forgets secrets of API keys that were replaced long ago. */
export const forgetSecretsJob = ({ kysely }: Pick<GatewayDatabase, 'kysely'>, clock: () => Date): Job => ({
  name: 'replaced-secrets',
  everySeconds: 3600,
  run: async () => {
    const old = clock().getTime() - KEPT_MS;
    await kysely.deleteFrom('api_key_secrets').where('expires_at_ms', '<', old).execute();
  },
});
