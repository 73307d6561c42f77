import type { ApplicationState } from '../card-file.js';

/** What open pre-authorizations have frozen, fen (JR/T 0025.14-2013 6.2.8). */
export const frozenAmount = ({ preAuthorizations }: Pick<ApplicationState, 'preAuthorizations'>): number =>
  preAuthorizations.reduce((sum, { amount }) => sum + amount, 0);
