import { createBenefitLists, createListHeaderSigner } from './benefits/lists/index.js';
import { createOffers, expireClaimsJob } from './benefits/offers/index.js';
import { type Cards, createCards } from './cards/index.js';
import { countProgressJob, forgetCodesJob } from './certification/index.js';
import { recordListsJob } from './collection/index.js';
import { deriveKey } from './derive-key.js';
import { boxedExceptionPolicy, surveyJob } from './exceptions/index.js';
import { serviceDayOf } from './fares/index.js';
import type { GatewayOptions } from './gateway-options.js';
import { watchBooks } from './http/watch-books.js';
import { watchCertificates } from './http/watch-certificates.js';
import { watchExceptions } from './http/watch-exceptions.js';
import { openInbox } from './inbox/index.js';
import { createBatches, createIntake, createRepricings, forgetBatchesJob } from './intake/index.js';
import type { Job } from './jobs/index.js';
import { createLists, listPolicy } from './lists/index.js';
import { repriceJob, repriceSoon } from './membership/index.js';
import { createPersonalDataCipher } from './membership/personal-data-cipher.js';
import { openMessages } from './messages/index.js';
import type { Books } from './open-books.js';
import type { IntakeThreads } from './open-intake-threads.js';
import type { Surroundings } from './surroundings.js';
import { openWebhooks } from './webhooks/index.js';

export const DEFAULT_HOST = '127.0.0.1';

export type Rooms = Awaited<ReturnType<typeof openRooms>>;

/** Opens the gateway's rooms over its books, and wires them; `jobs` is what they want done again and again. */
export async function openRooms(
  options: GatewayOptions,
  { keys, database }: Books,
  around: Surroundings,
  threads: IntakeThreads,
) {
  const { caKeys, revoked, logger, random, version } = options;
  const { campaigns, cardPolicy, collectionPolicy, clock, metrics, now, policy, tariff, telemetry } = around;
  const { examiner, keeper } = threads;
  const intake = createIntake(threads);
  const batches = createBatches(database, clock);
  const dayOf = (instant: string) => serviceDayOf(tariff, instant);
  const dueOptions = { database, reprice: intake.reprice, clock, dayOf };
  const membership = {
    database,
    ...keys,
    random,
    clock,
    policy,
    afterRecording: () =>
      repriceSoon(dueOptions).catch((error: unknown) => logger.error({ err: error }, 'cards are priced again later')),
    whenLeft: (...leaving: Parameters<Cards['withdraw']>) => cards.withdraw(...leaving),
  };
  const isPrivateAllowed = options.privateWebhooks ?? isThisMachine(options.host ?? DEFAULT_HOST);
  const webhooks = openWebhooks({
    key: keys.tokenKey,
    database,
    clock,
    now,
    random,
    isPrivateAllowed,
    authorities: options.webhookAuthorities,
    version,
    logger,
    attemptDone: metrics.webhookAttempted,
    traced: (type, work) => telemetry.span('webhook', { 'yongtap.event': type }, work),
  });
  const messages = openMessages({
    ...keys,
    database,
    clock,
    random,
    version,
    logger,
    endpoint: options.sandbox ? undefined : options.messages,
  });
  const certification = {
    ...membership,
    messages,
    now,
    logger,
    isBehindProxy: options.isBehindProxy,
  };
  const lists = createLists({
    database,
    tokenKey: keys.tokenKey,
    recordKeys: keys.recordKeys,
    recordUnreadable: (tap) => {
      metrics.recordUnreadable();
      logger.error({ tap }, 'record-unreadable');
    },
    clock,
    caKeys,
    revoked,
    fares: () => ({ tariffs: tariff.versions, campaigns: [campaigns] }),
    membershipPolicy: policy,
    policy: { ...listPolicy, ...options.lists },
  });
  const cards = createCards({
    ...membership,
    cardPolicy,
    dayOf,
    // Where it cannot be made now the job does it, within seconds.
    afterLoss: () =>
      lists.publish('deny').then(
        () => {},
        (error: unknown) => logger.error({ err: error }, 'the deny list is made later'),
      ),
  });
  const collection = { ...membership, cards, collectionPolicy };
  const repricings = createRepricings({
    database,
    reprice: intake.reprice,
    fares: { tariff: tariff.id, campaigns: campaigns.id },
    clock,
    random,
    failed: (error) => logger.error({ err: error }, 'a repricing stopped'),
  });
  watchBooks(metrics.registry, { database, clock });
  watchCertificates(metrics.registry, examiner);
  watchExceptions(metrics.registry, { count: () => intake.countExceptions(), now });
  const offers = createOffers({ database, policy, clock, random });
  const benefitLists = createBenefitLists({
    database,
    policy,
    lists: around.benefitLists,
    cipher: createPersonalDataCipher(keys.personalDataKey, random, keys.formerDataKeys),
    sign: createListHeaderSigner(deriveKey(keys.tokenKey, 'yongtap benefit lists')),
    clock,
    random,
    failed: (error) => logger.error({ err: error }, 'a benefit list was not made'),
  });
  const { inbox: folder } = options;
  const inboxOptions = { intake, metrics, database, clock, random, now, logger, fileDone: metrics.inboxFileDone };
  const jobs: readonly Job[] = [
    webhooks.job,
    ...messages.jobs,
    forgetCodesJob(database, clock),
    countProgressJob(membership),
    ...lists.jobs,
    repriceJob(dueOptions),
    recordListsJob(collection),
    surveyJob({ database, clock, policy: boxedExceptionPolicy() }),
    forgetBatchesJob(batches, clock),
    expireClaimsJob({ database, clock }),
    ...(folder === undefined ? [] : [await openInbox({ folder, ...inboxOptions })]),
  ];
  return {
    examiner,
    keeper,
    intake,
    batches,
    certification,
    dayOf,
    membership,
    messages,
    webhooks,
    isPrivateAllowed,
    lists,
    repricings,
    jobs,
    cards,
    offers,
    benefitLists,
    collection,
  };
}

const isThisMachine = (host: string): boolean => host === 'localhost' || host === '::1' || /^127\./.test(host);
