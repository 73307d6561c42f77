import { createHeadSigner } from './audit/index.js';
import { deriveKey } from './derive-key.js';
import type { ApiKeys } from './http/api-keys.js';
import type { Route } from './http/route.js';
import { accountRoutes } from './http/routes/accounts.js';
import { apiKeyRoutes } from './http/routes/api-keys.js';
import { auditRoutes } from './http/routes/audit.js';
import { benefitListRoutes } from './http/routes/benefit-lists.js';
import { cardOrderRoutes } from './http/routes/card-orders.js';
import { cardStepRoutes } from './http/routes/card-steps.js';
import { cardStepsInBulkRoutes } from './http/routes/card-steps-in-bulk.js';
import { certificationProgressRoutes } from './http/routes/certification-progress.js';
import { documentRoutes } from './http/routes/documents.js';
import { exceptionRoutes } from './http/routes/exceptions.js';
import { fareRoutes } from './http/routes/fares.js';
import { healthRoutes } from './http/routes/health.js';
import { journeyRoutes } from './http/routes/journeys.js';
import { ledgerRoutes } from './http/routes/ledger.js';
import { listRoutes } from './http/routes/lists.js';
import { loanRoutes } from './http/routes/loans.js';
import { ownAccountRoutes } from './http/routes/me.js';
import { memberListRoutes } from './http/routes/member-lists.js';
import { memberPageRoutes } from './http/routes/member-page.js';
import { memberRoutes } from './http/routes/members.js';
import { messageRoutes } from './http/routes/messages.js';
import { offerRoutes } from './http/routes/offers.js';
import { officerCertificationRoutes } from './http/routes/officer-certification.js';
import { openItemRoutes } from './http/routes/open-items.js';
import { reconciliationRoutes } from './http/routes/reconciliations.js';
import { selfCertificationRoutes } from './http/routes/self-certification.js';
import { serviceDayRoutes } from './http/routes/service-days.js';
import { type PeopleRoutesOptions, sessionRoutes } from './http/routes/sessions.js';
import { settlementRoutes } from './http/routes/settlements.js';
import { tapRoutes } from './http/routes/taps.js';
import { terminalRoutes } from './http/routes/terminals.js';
import { unitRoutes } from './http/routes/units.js';
import { webhookRoutes } from './http/routes/webhooks.js';
import type { Books } from './open-books.js';
import type { Rooms } from './open-rooms.js';
import type { Surroundings } from './surroundings.js';

export interface GatewayRoutesOptions {
  readonly books: Books;
  readonly rooms: Rooms;
  readonly around: Surroundings;
  readonly apiKeys: ApiKeys;
  readonly people: PeopleRoutesOptions;
  readonly version: string;
  readonly isStopping: () => boolean;
}

/** Every operation of the interface, and the documents that tell of them. */
export function gatewayRoutes({
  books,
  rooms,
  around,
  apiKeys,
  people,
  version,
  isStopping,
}: GatewayRoutesOptions): Route[] {
  const { database, keys } = books;
  const { campaigns, clock, metrics, policy, tariff } = around;
  const { batches, certification, dayOf, intake, isPrivateAllowed, lists, membership, messages, repricings, webhooks } =
    rooms;
  const signHead = createHeadSigner(deriveKey(keys.tokenKey, 'yongtap audit head'));
  const routes = [
    ...tapRoutes({ intake, batches, metrics, database, clock }),
    ...journeyRoutes(intake),
    ...cardOrderRoutes(rooms.cards),
    ...cardStepRoutes(rooms.cards.options),
    ...cardStepsInBulkRoutes(rooms.cards),
    ...memberRoutes(membership),
    ...selfCertificationRoutes(certification),
    ...officerCertificationRoutes(certification),
    ...certificationProgressRoutes(certification),
    ...memberPageRoutes({ database, policy, campaigns, clock }),
    ...messageRoutes(messages),
    ...unitRoutes({ database, clock }),
    ...offerRoutes({ offers: rooms.offers, database, clock }),
    ...loanRoutes({ database, policy: around.policy, loans: around.loans, clock }),
    ...benefitListRoutes({ benefitLists: rooms.benefitLists, database, clock, dayOf }),
    ...memberListRoutes(rooms.collection),
    ...serviceDayRoutes(intake, { clock, dayOf }),
    ...listRoutes(lists, clock),
    ...terminalRoutes(database, clock),
    ...settlementRoutes({ database, intake, clock, dayOf }),
    ...fareRoutes(tariff, campaigns, repricings),
    ...reconciliationRoutes(database),
    ...ledgerRoutes({ database, clock, dayOf }),
    ...openItemRoutes(database),
    ...exceptionRoutes(intake),
    ...apiKeyRoutes(apiKeys, clock),
    ...accountRoutes(people.people),
    ...sessionRoutes(people),
    ...ownAccountRoutes(people, membership),
    ...webhookRoutes({ subscriptions: webhooks.subscriptions, database, clock, isPrivateAllowed }),
    ...auditRoutes({ kysely: database.kysely, clock, signHead }),
    ...healthRoutes(database, metrics, isStopping),
  ];
  return [...routes, ...documentRoutes(routes, version, people.cookie.name)];
}
