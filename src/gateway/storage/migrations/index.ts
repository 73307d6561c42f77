import { taps } from './001-taps.js';
import { membership } from './002-membership.js';
import { apiKeys } from './003-api-keys.js';
import { gatewayKeys } from './004-gateway-keys.js';
import { layout } from './010-layout.js';
import { repricing } from './020-repricing.js';
import { terminals } from './030-terminals.js';
import { suspicions } from './031-suspicions.js';
import { exceptions } from './032-exceptions.js';
import { batches } from './033-batches.js';
import { cryptograms } from './034-cryptograms.js';
import { lists } from './040-lists.js';
import { ledger } from './050-ledger.js';
import { cardPostings } from './051-card-postings.js';
import { audit } from './060-audit.js';
import { apiKeySecrets } from './061-api-key-secrets.js';
import { requestNonces } from './062-request-nonces.js';
import { webhooks } from './070-webhooks.js';
import { jobs } from './071-jobs.js';
import { membershipHistories } from './080-membership-histories.js';
import { listMarks } from './090-list-marks.js';
import { accounts } from './100-accounts.js';
import { units } from './110-units.js';
import { memberLists } from './111-member-lists.js';
import { cards } from './120-cards.js';
import { messages } from './130-messages.js';
import { certification } from './131-certification.js';
import { offers } from './140-offers.js';
import { contributions } from './141-contributions.js';
import { benefitLists } from './142-benefit-lists.js';
import { memberImports } from './150-member-imports.js';
import { memberErasures } from './151-member-erasures.js';
import { tapsById } from './160-taps-by-id.js';
import { staysAndQuotas } from './195-stays-and-quotas.js';
import { webhookReasons } from './196-webhook-reasons.js';
import { priceSteps } from './200-price-steps.js';
import { tapsByDay } from './201-taps-by-day.js';
import { cardCounters } from './202-card-counters.js';
import type { Migration } from './migration.js';

/** In the order in which they run. */
export const MIGRATIONS: readonly Migration[] = [
  taps,
  membership,
  apiKeys,
  gatewayKeys,
  layout,
  repricing,
  terminals,
  suspicions,
  exceptions,
  batches,
  cryptograms,
  lists,
  ledger,
  cardPostings,
  audit,
  apiKeySecrets,
  requestNonces,
  webhooks,
  jobs,
  membershipHistories,
  listMarks,
  accounts,
  units,
  memberLists,
  messages,
  cards,
  offers,
  contributions,
  benefitLists,
  tapsById,
  memberImports,
  memberErasures,
  certification,
  staysAndQuotas,
  webhookReasons,
  priceSteps,
  tapsByDay,
  cardCounters,
];
