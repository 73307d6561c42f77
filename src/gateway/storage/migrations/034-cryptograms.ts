import type { Migration } from './migration.js';

/** 1: the card's cryptogram was verified with its issuer's key; null: it was not checked. */
export const cryptograms: Migration = {
  name: '034-cryptograms',
  up: ({ schema }) => schema.alterTable('taps').addColumn('is_cryptogram_verified', 'integer').execute(),
};
