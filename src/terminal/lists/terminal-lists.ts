import type { CertificationAuthorityKey } from '../../../emv/keys/index.js';
import {
  decodeDeny,
  decodeMembers,
  isListedMember,
  type ListKind,
  listKinds,
  nameOfToken,
  nameOnList,
  type Parameters,
} from '../../lists/index.js';
import { isCardNumber } from '../../tap/index.js';
import type { DenyList } from '../tap/deny-list.js';
import expiredLists from './expired-lists.json';
import type { ListStore } from './list-store.js';

export type Membership = 'yes' | 'no' | 'unknown';

/** A list as a terminal stands with it. */
export interface ListState {
  readonly kind: ListKind;
  readonly version: number;
  readonly publishedAt: string;
  readonly validUntil: string;
  readonly isExpired: boolean;
}

/** What a terminal reads from its lists during a tap. */
export interface TerminalLists {
  readonly states: readonly ListState[];
  /** For the kernel's exception file; absent: the terminal has none, and keeps nobody out. */
  readonly denyList?: DenyList | undefined;
  /** Whether a card may have the discount; `unknown` without a list that holds. */
  memberOf(pan: string): Membership;
  /** Absent: the terminal goes by the keys that it was set up with. */
  readonly caKeys?: readonly CertificationAuthorityKey[] | undefined;
  readonly revoked?: ReadonlySet<string> | undefined;
  readonly parameters: Parameters;
}

/**
 * The lists of a store as they stand, ready for taps. Which of them counts on when it has expired, for want of a newer
 * one: who was kept out still is, and nobody is a member by a list that has ended.
 */
export function readTerminalLists(store: ListStore, now: Date): TerminalLists {
  const states = listKinds.flatMap((kind): ListState[] => {
    const header = store.list(kind)?.header;
    if (header === undefined) return [];
    const { version, publishedAt, validUntil } = header;
    return [{ kind, version, publishedAt, validUntil, isExpired: Date.parse(validUntil) <= now.getTime() }];
  });
  const contentOf = (kind: ListKind) => {
    const isExpired = states.find((state) => state.kind === kind)?.isExpired;
    return isExpired && expiredLists[kind] === 'counts-for-nothing' ? undefined : store.list(kind)?.content;
  };
  const [deny, members] = [contentOf('deny'), contentOf('members')];
  const denied = deny && decodeDeny(deny);
  const listed = members && decodeMembers(members);
  const trust = contentOf('ca-keys') as
    | { readonly keys: readonly CertificationAuthorityKey[]; readonly revoked: readonly string[] }
    | undefined;
  return {
    states,
    ...(denied && {
      denyList: { tokenKey: denied.namingKey, isDenied: (token) => denied.cards.has(nameOfToken(token)) },
    }),
    memberOf(pan) {
      if (listed === undefined || !isCardNumber(pan)) return 'unknown';
      return isListedMember(listed, nameOnList(listed.namingKey, pan)) ? 'yes' : 'no';
    },
    ...(trust && { caKeys: trust.keys, revoked: new Set(trust.revoked) }),
    parameters: (contentOf('parameters')?.parameters as Parameters | undefined) ?? {},
  };
}
