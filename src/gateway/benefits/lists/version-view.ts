import type { BenefitListVersionsTable } from '../../storage/benefit-tables.js';
import type { BenefitListHeader, SignedListHeader } from './list-header.js';

/** A version of a list; while it is being made, how far it has come. */
export interface VersionView extends Partial<SignedListHeader> {
  readonly list: string;
  readonly version: number;
  readonly day: string;
  readonly state: 'building' | 'published' | 'stopped';
  /** How many members have been looked at. */
  readonly read: number;
  readonly by: string;
  readonly startedAt: string;
  readonly publishedAt?: string;
}

export function toVersionView(row: BenefitListVersionsTable, nowMs: number): VersionView {
  const { list, version, day, read, by, started_at_ms, published_at_ms, header, public_key, signature } = row;
  const state = published_at_ms !== null ? 'published' : row.held_until_ms > nowMs ? 'building' : 'stopped';
  return {
    list,
    version,
    day,
    state,
    read,
    by,
    startedAt: new Date(started_at_ms).toISOString(),
    ...(published_at_ms !== null && { publishedAt: new Date(published_at_ms).toISOString() }),
    ...(header !== null && {
      header: JSON.parse(header) as BenefitListHeader,
      publicKey: public_key ?? '',
      signature: signature ?? '',
    }),
  };
}
