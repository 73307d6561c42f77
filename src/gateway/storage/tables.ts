import type { ApiKeyTables } from './api-key-tables.js';
import type { AuditTables } from './audit-tables.js';
import type { BatchTables } from './batch-tables.js';
import type { BenefitTables } from './benefit-tables.js';
import type { BookTables } from './book-tables.js';
import type { CardTables } from './card-tables.js';
import type { CertificationTables } from './certification-tables.js';
import type { ExceptionTables } from './exception-tables.js';
import type { GatewayKeyTables } from './gateway-key-tables.js';
import type { JobTables } from './job-tables.js';
import type { LedgerTables } from './ledger-tables.js';
import type { ListTables } from './list-tables.js';
import type { MemberErasureTables } from './member-erasure-tables.js';
import type { MemberImportTables } from './member-import-tables.js';
import type { MemberListTables } from './member-list-tables.js';
import type { MembershipTables } from './membership-tables.js';
import type { MessageTables } from './message-tables.js';
import type { PeopleTables } from './people-tables.js';
import type { TapTables } from './tap-tables.js';
import type { UnitTables } from './unit-tables.js';
import type { WebhookTables } from './webhook-tables.js';

/** Every table of the gateway. A room describes its own tables in a file of its own and adds them here. */
export interface Tables
  extends ApiKeyTables,
    AuditTables,
    BatchTables,
    CardTables,
    BenefitTables,
    CertificationTables,
    GatewayKeyTables,
    ListTables,
    MemberErasureTables,
    MemberImportTables,
    MemberListTables,
    MembershipTables,
    MessageTables,
    PeopleTables,
    TapTables,
    UnitTables,
    BookTables,
    JobTables,
    WebhookTables,
    LedgerTables,
    ExceptionTables,
    MigrationTables {}

interface MigrationTables {
  schema_migrations: { name: string };
}
