import type { GatewayDatabase } from '../storage/index.js';
import type { MembershipChanges } from './membership-changes.js';
import { MembershipError } from './membership-error.js';
import { createPersonalDataCipher } from './personal-data-cipher.js';
import { recordCards } from './record-cards.js';
import { recordCertifications } from './record-certifications.js';
import { recordPersons } from './record-persons.js';
import { recordStates } from './record-states.js';
import type { Recording } from './recording.js';

export interface MembershipOptions {
  readonly database: GatewayDatabase;
  /** Makes tokens of card numbers; the same as the intake's. */
  readonly tokenKey: Uint8Array;
  /** 32 bytes: seals what is known of members. */
  readonly personalDataKey: Uint8Array;
  readonly clock: () => Date;
  /** A cryptographic source. */
  readonly random: (length: number) => Uint8Array;
}

/** How many of each were new or have changed. */
export interface RecordedChanges {
  readonly members: number;
  readonly cards: number;
  readonly certifications: number;
  readonly states: number;
}

export const ISSUES_MAX = 100;

/**
 * Records changes wholly or not at all, in one transaction. What is known already changes nothing. Throws
 * {@link MembershipError} for what contradicts itself or what is known.
 */
export function recordChanges(
  { database, personalDataKey, clock, random }: MembershipOptions,
  changes: MembershipChanges,
): Promise<RecordedChanges> {
  const cipher = createPersonalDataCipher(personalDataKey, random);
  const nowMs = clock().getTime();
  return database.inTransaction(async (transaction) => {
    const recording: Recording = { transaction, cipher, nowMs, issues: [] };
    const members = await recordPersons(changes.persons, recording);
    const cards = await recordCards(changes.cards, recording);
    const certifications = await recordCertifications(changes.certifications, recording);
    const states = await recordStates(changes.states, recording);
    if (recording.issues.length > 0) throw new MembershipError(recording.issues.slice(0, ISSUES_MAX));
    return { members, cards, certifications, states };
  });
}
