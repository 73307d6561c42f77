import type { Principal } from './principal.js';

/** A key speaks for its own operator only; an administrator's for all. */
export const maySpeakFor = (principal: Principal, operator: string): boolean =>
  principal.role === 'administrator' || principal.operator === operator;
