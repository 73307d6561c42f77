import type { Migration } from './migration.js';

export const accounts: Migration = {
  name: '100-accounts',
  async up({ schema }) {
    await schema
      .createTable('accounts')
      .addColumn('account', 'text', (column) => column.primaryKey())
      .addColumn('login_name', 'text', (column) => column.notNull().unique())
      .addColumn('roles', 'text', (column) => column.notNull())
      .addColumn('member', 'text')
      .addColumn('unit', 'text')
      .addColumn('bank', 'text')
      .addColumn('operator', 'text')
      .addColumn('password_hash', 'text')
      .addColumn('disabled_at_ms', 'bigint')
      .addColumn('made_by', 'text', (column) => column.notNull())
      .addColumn('made_at_ms', 'bigint', (column) => column.notNull())
      .execute();
    await schema.createIndex('accounts_by_member').on('accounts').column('member').execute();
    await schema.createIndex('accounts_by_unit').on('accounts').column('unit').execute();
    await schema
      .createTable('account_events')
      .addColumn('event_id', 'text', (column) => column.primaryKey())
      .addColumn('account', 'text', (column) => column.notNull().references('accounts.account'))
      .addColumn('event', 'text', (column) => column.notNull())
      .addColumn('at_ms', 'bigint', (column) => column.notNull())
      .addColumn('by', 'text', (column) => column.notNull())
      .addColumn('detail', 'text')
      .execute();
    await schema.createIndex('account_events_by_account').on('account_events').columns(['account', 'at_ms']).execute();
    await schema
      .createTable('account_invitations')
      .addColumn('token_hash', 'text', (column) => column.primaryKey())
      .addColumn('account', 'text', (column) => column.notNull().references('accounts.account'))
      .addColumn('made_at_ms', 'bigint', (column) => column.notNull())
      .addColumn('expires_at_ms', 'bigint', (column) => column.notNull())
      .addColumn('ended_at_ms', 'bigint')
      .execute();
    await schema.createIndex('account_invitations_by_account').on('account_invitations').column('account').execute();
    await schema
      .createTable('account_sessions')
      .addColumn('token_hash', 'text', (column) => column.primaryKey())
      .addColumn('session', 'text', (column) => column.notNull().unique())
      .addColumn('account', 'text', (column) => column.notNull().references('accounts.account'))
      .addColumn('started_at_ms', 'bigint', (column) => column.notNull())
      .addColumn('seen_at_ms', 'bigint', (column) => column.notNull())
      .addColumn('expires_at_ms', 'bigint', (column) => column.notNull())
      .addColumn('ended_at_ms', 'bigint')
      .addColumn('end_reason', 'text')
      .addColumn('device', 'text')
      .execute();
    await schema
      .createIndex('account_sessions_by_account')
      .on('account_sessions')
      .columns(['account', 'started_at_ms'])
      .execute();
    await schema
      .createTable('second_factors')
      .addColumn('account', 'text', (column) => column.primaryKey().references('accounts.account'))
      .addColumn('secret_sealed', 'text', (column) => column.notNull())
      .addColumn('confirmed_at_ms', 'bigint')
      .addColumn('last_step', 'bigint', (column) => column.notNull())
      .execute();
    await schema
      .createTable('recovery_codes')
      .addColumn('code_hash', 'text', (column) => column.primaryKey())
      .addColumn('account', 'text', (column) => column.notNull().references('accounts.account'))
      .addColumn('used_at_ms', 'bigint')
      .execute();
    await schema.createIndex('recovery_codes_by_account').on('recovery_codes').column('account').execute();
    await schema
      .createTable('login_failures')
      .addColumn('subject', 'text', (column) => column.primaryKey())
      .addColumn('failures', 'integer', (column) => column.notNull())
      .addColumn('last_at_ms', 'bigint', (column) => column.notNull())
      .addColumn('locked_until_ms', 'bigint', (column) => column.notNull())
      .execute();
  },
};
