import type { Transaction } from 'kysely';
import type { GatewayDatabase, Tables } from '../storage/index.js';
import { historiesInHand } from './histories-in-hand.js';
import { keepHistories } from './keep-histories.js';
import type { MembershipChanges } from './membership-changes.js';
import { MembershipError } from './membership-error.js';
import { createPersonalDataCipher } from './personal-data-cipher.js';
import { recordCards } from './record-cards.js';
import { recordCertifications } from './record-certifications.js';
import { recordMemberships } from './record-memberships.js';
import { recordPersons } from './record-persons.js';
import { recordStates } from './record-states.js';
import { recordWithdrawals } from './record-withdrawals.js';
import type { Leaver, Recording } from './recording.js';

export interface MembershipOptions {
  readonly database: GatewayDatabase;
  /** Makes tokens of card numbers; the same as the intake's. */
  readonly tokenKey: Uint8Array;
  /** 32 bytes: seals what is known of members. */
  readonly personalDataKey: Uint8Array;
  /** Open what was sealed before a rotation. */
  readonly formerDataKeys?: readonly Uint8Array[] | undefined;
  readonly clock: () => Date;
  /** A cryptographic source. */
  readonly random: (length: number) => Uint8Array;
  /** Called when something was recorded one by one; who records waits for it. */
  readonly afterRecording?: () => Promise<void>;
  /** What follows for the cards of members who left, in the same transaction. */
  readonly whenLeft?: (transaction: Transaction<Tables>, leavers: readonly Leaver[], by: string) => Promise<void>;
  /** Who records: `key:…`, `account:…`. */
  readonly by?: string | undefined;
}

/** How many of each were new or have changed. */
export interface RecordedChanges {
  /** Members, and their joining and leaving. */
  readonly members: number;
  readonly cards: number;
  /** Certifications, and withdrawals of them. */
  readonly certifications: number;
  readonly states: number;
}

export const NOTHING_RECORDED: RecordedChanges = { members: 0, cards: 0, certifications: 0, states: 0 };

export const sumOfChanges = (one: RecordedChanges, other: RecordedChanges): RecordedChanges => ({
  members: one.members + other.members,
  cards: one.cards + other.cards,
  certifications: one.certifications + other.certifications,
  states: one.states + other.states,
});

export const ISSUES_MAX = 100;

/**
 * Records changes wholly or not at all, in one transaction. What is known already changes nothing. Throws
 * {@link MembershipError} for what contradicts itself or what is known.
 */
export async function recordChanges(options: MembershipOptions, changes: MembershipChanges): Promise<RecordedChanges> {
  const recorded = await options.database.inTransaction(async (transaction) => {
    return recordWithin(options, transaction, changes);
  });
  await options.afterRecording?.();
  return recorded;
}

/** The same within a transaction of the caller, who calls `afterRecording` when it is done. */
export async function recordWithin(
  options: MembershipOptions,
  transaction: Transaction<Tables>,
  changes: MembershipChanges,
): Promise<RecordedChanges> {
  const recording = beginRecording(options, transaction, { isBulk: false });
  const part = await recordPart(recording, changes);
  throwIssues(recording);
  await followLeavers(options, recording);
  return part;
}

/** Lets what follows from leaving happen. */
export async function followLeavers(
  { whenLeft, by = 'command-line' }: MembershipOptions,
  { transaction, leavers }: Recording,
): Promise<void> {
  if (leavers.length > 0) await whenLeft?.(transaction, leavers.splice(0), by);
}

export function beginRecording(
  { database, tokenKey, personalDataKey, formerDataKeys, clock, random }: MembershipOptions,
  transaction: Transaction<Tables>,
  { isBulk }: Pick<Recording, 'isBulk'>,
): Recording {
  return {
    transaction,
    kind: database.kind,
    cipher: createPersonalDataCipher(personalDataKey, random, formerDataKeys),
    tokenKey,
    nowMs: clock().getTime(),
    isBulk,
    issues: [],
    leavers: [],
    members: new Map(),
    newCards: new Set(),
    inHand: new Map(),
    touchedCards: new Map(),
    touchedMembers: new Map(),
  };
}

/** Records some changes; what cannot be recorded is told in the recording's issues. */
export async function recordPart(recording: Recording, changes: MembershipChanges): Promise<RecordedChanges> {
  const members = await recordPersons(changes.persons, recording);
  const isNew = (member: string): boolean => recording.members.get(member) === 'new';
  for (const [token, history] of historiesInHand(changes, isNew)) recording.inHand.set(token, history);
  const memberships = await recordMemberships(changes.memberships, recording);
  const cards = await recordCards(changes.cards, recording);
  const certifications = await recordCertifications(changes.certifications, recording);
  const withdrawals = await recordWithdrawals(changes.withdrawals, recording);
  const states = await recordStates(changes.states, recording);
  await keepHistories(recording);
  for (const known of [recording.members, recording.newCards, recording.inHand]) known.clear();
  return { members: members + memberships, cards, certifications: certifications + withdrawals, states };
}

/** Throws MembershipError with the first hundred issues, in their order of the file; so everything is undone. */
export function throwIssues({ issues }: Recording): void {
  if (issues.length > 0) throw new MembershipError(issues.slice(0, ISSUES_MAX));
}
