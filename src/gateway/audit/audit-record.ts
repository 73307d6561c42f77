import { createHash } from 'node:crypto';

/** What is told of one act. Never holds a card number or anything that is known of a person but a member's number. */
export interface AuditEntry {
  readonly at: Date;
  /** The id of an API key, or `command-line`. */
  readonly actor: string;
  /** The `operationId` of the interface, or the command. */
  readonly operation: string;
  /** `begun`: written before the act; `done`: after it, or with it; `read`: before what was read is told. */
  readonly phase: 'begun' | 'done' | 'read';
  readonly requestId?: string | undefined;
  readonly parameters?: Readonly<Record<string, string>> | undefined;
  readonly status?: number | undefined;
  readonly detail?: Readonly<Record<string, string | number>> | undefined;
}

/** An entry in its place in the chain. */
export interface AuditRecord {
  readonly sequence: number;
  readonly at: string;
  readonly actor: string;
  readonly operation: string;
  readonly phase: AuditEntry['phase'];
  readonly requestId: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly status: number | null;
  readonly detail: Readonly<Record<string, string | number>>;
  readonly previousHash: string;
  readonly hash: string;
}

/** What stands before the first record. */
export const FIRST_PREVIOUS_HASH = '0'.repeat(64);

export type UnhashedRecord = Omit<AuditRecord, 'hash'>;

/**
 * SHA-256 in hex over the hash before and the record, one line each. The record is a JSON array in a fixed order, its
 * objects with their names sorted (RFC 8785 for texts and whole numbers), so that anybody can compute it.
 */
export function hashOfRecord(record: UnhashedRecord): string {
  const { sequence, at, actor, operation, phase, requestId, parameters, status, detail, previousHash } = record;
  const canonical = JSON.stringify([
    ...[sequence, at, actor, operation, phase, requestId],
    sorted(parameters),
    status,
    sorted(detail),
  ]);
  return createHash('sha256').update(`${previousHash}\n${canonical}\n`).digest('hex');
}

export const sorted = <Value>(object: Readonly<Record<string, Value>>): Record<string, Value> =>
  Object.fromEntries(Object.entries(object).sort(([one], [other]) => (one < other ? -1 : 1)));
