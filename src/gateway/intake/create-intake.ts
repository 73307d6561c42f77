import type { TapRecord } from '../../tap/index.js';
import { closeServiceDay } from './close-service-day.js';
import { createExaminer, type ReadTap, toReadTap } from './examination/index.js';
import { type TapToKeep, toExaminedTap } from './examine-tap.js';
import { exceptionsOf } from './exceptions-of.js';
import { createGroupCommit } from './group-commit.js';
import type { Intake } from './intake.js';
import { noObserver } from './intake-observer.js';
import type { IntakeOptions } from './intake-options.js';
import { createKeeper } from './keeping/index.js';
import { previewTaps } from './preview-taps.js';
import { readCharges } from './read-charges.js';
import { readJourneys } from './read-journeys.js';
import { inspectTap, readTap } from './read-tap.js';
import { createRecordSeal } from './record-seal.js';
import { reprice } from './reprice.js';
import { readTotals } from './totals.js';
import { createUnderWay } from './under-way.js';

/** While one whole group is kept the next is handed over, so that the keeper waits for nobody. */
const WHOLE_GROUPS_MAX = 2;

/** The intake over one database; any number of processes may have one each. */
export function createIntake(options: IntakeOptions): Intake {
  const { database } = options;
  const { kysely } = database;
  const seal = createRecordSeal(options.tokenKey, options.recordKeys);
  const observer = options.observer ?? noObserver;
  const examiner = options.examiner ?? createExaminer(options);
  const keeper = options.keeper ?? createKeeper(options);
  const examinations = createUnderWay();
  const examining = <Result>(work: () => Promise<Result>) => examinations.follow(observer.examine(work));
  const examine = async (tap: TapRecord | ReadTap, uploadedAt?: Date): Promise<TapToKeep> => {
    const nowMs = options.clock().getTime();
    const read = 'sealed' in tap ? tap : toReadTap(tap, await examining(() => examiner.examine(tap)));
    return { text: read.text, sealed: read.sealed, nowMs, uploadedAtMs: uploadedAt?.getTime() };
  };
  const acceptTogether = createGroupCommit({
    work: (taps: readonly TapToKeep[], isBehind) => observer.commit(taps.length, () => keeper.keep(taps, isBehind)),
    isForAll: (error) => database.failureOf(error) !== undefined,
    onTheWay: examinations.first,
    wholeGroupsMax: WHOLE_GROUPS_MAX,
  });
  const previewTogether = createGroupCommit({
    work: async (taps: readonly TapToKeep[]) => ({
      answers: await previewTaps(
        options,
        taps.map((tap) => toExaminedTap(tap, options)),
      ),
    }),
    isForAll: (error) => database.failureOf(error) !== undefined,
  });
  return {
    accept: async (tap, uploadedAt) => acceptTogether(await examine(tap, uploadedAt)),
    read: (text) => examining(() => examiner.read(text)),
    preview: async (tap) => previewTogether(await examine(tap)),
    readTap: (id) => readTap(kysely, id),
    inspectTap: (id) => inspectTap(kysely, seal, id),
    journeys: (query) => readJourneys(kysely, query),
    charges: (query) => readCharges(kysely, query),
    ...exceptionsOf(options),
    closeServiceDay: (serviceDay) => closeServiceDay(options, serviceDay),
    reprice: (query) => reprice(options, query),
    totals: (serviceDay) => readTotals(kysely, serviceDay),
  };
}
