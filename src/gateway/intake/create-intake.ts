import type { TapRecord } from '../../tap/index.js';
import { acceptTaps } from './accept-taps.js';
import { closeServiceDay } from './close-service-day.js';
import { type ExaminedTap, examineTap } from './examine-tap.js';
import { createGroupCommit } from './group-commit.js';
import type { Intake, TapAnswer } from './intake.js';
import type { IntakeOptions } from './intake-options.js';
import { readCharges } from './read-charges.js';
import { readExceptions } from './read-exceptions.js';
import { readJourneys } from './read-journeys.js';
import { inspectTap, readTap } from './read-tap.js';
import { createRecordSeal } from './record-seal.js';
import { readTotals } from './totals.js';

/** Long enough to pay for a commit, short enough that nobody waits for long. */
const BATCH_MAX = 200;

/** The intake over one database; any number of processes may have one each. */
export function createIntake(options: IntakeOptions): Intake {
  const { kysely } = options.database;
  const seal = createRecordSeal(options.tokenKey);
  const examine = (record: TapRecord) => examineTap(record, options, seal);
  const acceptTogether = createGroupCommit((taps: readonly ExaminedTap[]) => acceptTaps(options, taps));
  return {
    accept: async (record) => acceptTogether(examine(record)),
    async acceptBatch(records) {
      const answers: TapAnswer[] = [];
      for (let start = 0; start < records.length; start += BATCH_MAX) {
        answers.push(...(await acceptTaps(options, records.slice(start, start + BATCH_MAX).map(examine))));
      }
      return answers;
    },
    readTap: (id) => readTap(kysely, id),
    inspectTap: (id) => inspectTap(kysely, seal, id),
    journeys: (query) => readJourneys(kysely, query),
    charges: (query) => readCharges(kysely, query),
    exceptions: (query) => readExceptions(kysely, query),
    closeServiceDay: (serviceDay) => closeServiceDay(options, serviceDay),
    totals: (serviceDay) => readTotals(kysely, serviceDay),
  };
}
