import { DAY_MS } from '../../calendar/shanghai.js';
import type { Job } from '../jobs/index.js';
import type { PeopleOptions } from './people-options.js';
import policy from './people-policy.json';

/** Forgets sessions and invitations that ended long ago, and failures that count no more. */
export const forgetPeopleJob = ({ database, clock }: Pick<PeopleOptions, 'database' | 'clock'>): Job => ({
  name: 'ended-sessions',
  everySeconds: 3600,
  async run() {
    const nowMs = clock().getTime();
    const longAgo = nowMs - policy.keptDays * DAY_MS;
    const { kysely } = database;
    await kysely.deleteFrom('account_sessions').where('expires_at_ms', '<', longAgo).execute();
    await kysely.deleteFrom('account_invitations').where('expires_at_ms', '<', longAgo).execute();
    const forgotten = nowMs - policy.lockOut.forgottenAfterHours * 3_600_000;
    await kysely
      .deleteFrom('login_failures')
      .where('last_at_ms', '<', forgotten)
      .where('locked_until_ms', '<', nowMs)
      .execute();
  },
});
