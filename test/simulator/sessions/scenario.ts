import type { CardProfile, PublicKeyAlgorithm } from '../../../simulator/index.js';
import type { Personalized } from '../card-in-hand.js';
import type { Bend } from './bend.js';

/** A tap that is to be recorded: a card, a terminal, and how it must end. */
export interface Scenario {
  readonly id: string;
  readonly title: string;
  /** A profile of the box; default: the 5·1 service card. */
  readonly profile?: string;
  readonly card?: Partial<Pick<CardProfile, 'keyBits' | 'certificateExpires' | 'issuerCertificateExpires' | 'flaw'>>;
  /** What is different about the card's first application. */
  readonly application?: Personalized;
  /** Bits of certification authority and issuer. */
  readonly chain?: readonly [number, number];
  /** What is different about the terminal: offline only, 2 yuan, dynamic authentication 01. */
  readonly terminal?: Readonly<Record<string, string>>;
  readonly date?: string;
  readonly caKeys?: 'none' | 'wrong-checksum';
  /** Whose keys the terminal has; default: RSA's. */
  readonly algorithms?: readonly PublicKeyAlgorithm[];
  /** Whether the terminal knows what the authority has revoked. */
  readonly knowsRevocations?: true;
  /** The card hears other qualifiers (9F66) than the terminal says, and signs by those. */
  readonly cardHears?: string;
  /** By the place of the exchange, or by its command in hex. */
  readonly bend?: Readonly<Record<string, Bend>>;
  readonly expect: Readonly<Record<string, unknown>>;
}

export const OFFLINE = '28000080';
export const OFFLINE_CONTACT = '38000080';
export const ONLINE = '26000080';
export const ONLINE_CONTACT = '36000080';

/** Places of exchanges; of the records of the 5·1 service card the one that is signed, and the last one. */
export const DIRECTORY = 0;
export const SELECTION = 1;
export const OPTIONS = 2;
export const SIGNED = 5;
export const LAST = 7;

export const fen = (amount: number): string => amount.toString().padStart(12, '0');

const NOTHING_PERFORMED = { tvr: '0000000000', tsi: '0000' };
const AUTHENTICATED = { tvr: '0000000000', tsi: '8000' };

export const approved = { outcome: 'approved-offline', reason: 'approved', oda: { ok: true }, ...AUTHENTICATED };
export const online = { outcome: 'online-requested', reason: 'online-requested-by-card', ...NOTHING_PERFORMED };
export const declined = { outcome: 'declined', reason: 'declined-by-card', ...NOTHING_PERFORMED };

/** The card approved and its signature is not right. */
export const failed = (outcome: string, reason: string, refusal: string) => ({
  outcome,
  reason,
  oda: { ok: false, reason: refusal },
  ...AUTHENTICATED,
});

export const terminated = (reason: string, tryAnotherInterface: boolean) => ({
  outcome: 'terminated',
  reason,
  tryAnotherInterface,
  ...NOTHING_PERFORMED,
});
