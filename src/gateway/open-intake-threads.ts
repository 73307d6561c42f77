import { join } from 'node:path';
import type { GatewayOptions } from './gateway-options.js';
import { observeIntake } from './http/observe-intake.js';
import {
  createKeeper,
  type Examiner,
  type IntakeObserver,
  type IntakeOptions,
  type Keeper,
  openExaminer,
  ThreadedKeeper,
} from './intake/index.js';
import { readFareCards } from './membership/index.js';
import type { Books } from './open-books.js';
import { BOOKS_FILE, createLogSync } from './storage/index.js';
import type { Surroundings } from './surroundings.js';

/** What taps are taken in with. Its `examiner` and `keeper` may be threads, which whoever opened them has to close. */
export type IntakeThreads = IntakeOptions & { readonly examiner: Examiner; readonly keeper: Keeper };

/** Opens what examines taps and what keeps them, in threads of their own where the options say so. */
export function openIntakeThreads(
  options: GatewayOptions,
  { keys, database }: Books,
  { campaigns, clock, metrics, now, policy, tariff, telemetry }: Surroundings,
): IntakeThreads {
  const { caKeys, revoked, issuerKeys } = options;
  const { recordKeys, tokenKey } = keys;
  const evidence = { caKeys, revoked, issuerKeys, tokenKey, recordKeys };
  const observer = observeIntake({ metrics, telemetry, database, now });
  const booking = { database, readFareCards, tariff, campaigns, policy, clock, observer };
  const examiner = openExaminer(evidence, options.examinerThreads ?? 0);
  const keeper = options.keeperThread === 'own' ? openKeeperThread(options, clock, observer) : createKeeper(booking);
  return { ...evidence, ...booking, examiner, keeper };
}

function openKeeperThread(options: GatewayOptions, clock: () => Date, observer: IntakeObserver): Keeper {
  const { dataFolder, databaseUrl, tariff, campaigns, policy } = options;
  const isFile = databaseUrl === undefined;
  const location = isFile ? { dataFolder, syncedBy: 'caller' as const } : { databaseUrl };
  const logSync = isFile ? createLogSync(join(dataFolder, BOOKS_FILE)) : undefined;
  return new ThreadedKeeper({ location, logSync, rules: { tariff, campaigns, policy }, clock, observer });
}
