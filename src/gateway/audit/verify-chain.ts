import { type AuditRecord, FIRST_PREVIOUS_HASH, hashOfRecord } from './audit-record.js';
import type { AuditHead } from './read-audit.js';
import { type UnfinishedActs, UnfinishedActsSearch } from './unfinished-acts.js';

export type ChainFault =
  /** A record is missing before this one, or stands in another place. */
  | 'sequence-broken'
  /** The record says that another one came before it. */
  | 'link-broken'
  /** The record is not what was hashed. */
  | 'record-changed'
  /** The chain ends before the head that somebody has kept. */
  | 'chain-shortened'
  /** At the place of a kept head stands another record. */
  | 'head-differs';

export type ChainVerdict =
  | {
      readonly ok: true;
      readonly records: number;
      readonly head: AuditHead;
      /** What was begun and is not done, where there is any: no fault of the chain, and worth a look. */
      readonly unfinished?: UnfinishedActs;
    }
  | { readonly ok: false; readonly sequence: number; readonly fault: ChainFault };

/**
 * Follows a chain from its first record to its end. `heads`: what was kept or is claimed of it; a chain that was cut
 * off or written anew does not reach them. Names the first place that is wrong.
 */
export async function verifyChain(
  records: AsyncIterable<AuditRecord> | Iterable<AuditRecord>,
  heads: readonly AuditHead[] = [],
): Promise<ChainVerdict> {
  const expected = new Map(heads.filter(({ sequence }) => sequence > 0).map((head) => [head.sequence, head]));
  const search = new UnfinishedActsSearch();
  let last: AuditHead = { sequence: 0, hash: FIRST_PREVIOUS_HASH };
  for await (const record of records) {
    const fault = faultOf(record, last, heads);
    if (fault) return { ok: false, sequence: last.sequence + 1, fault };
    expected.delete(record.sequence);
    search.pass(record);
    last = { sequence: record.sequence, hash: record.hash };
  }
  if (expected.size > 0) return { ok: false, sequence: last.sequence + 1, fault: 'chain-shortened' };
  const unfinished = search.found();
  return { ok: true, records: last.sequence, head: last, ...(unfinished && { unfinished }) };
}

function faultOf(record: AuditRecord, last: AuditHead, heads: readonly AuditHead[]): ChainFault | undefined {
  if (record.sequence !== last.sequence + 1) return 'sequence-broken';
  if (record.previousHash !== last.hash) return 'link-broken';
  if (record.hash !== hashOfRecord(record)) return 'record-changed';
  const isOther = heads.some(({ sequence, hash }) => sequence === record.sequence && hash !== record.hash);
  return isOther ? 'head-differs' : undefined;
}
