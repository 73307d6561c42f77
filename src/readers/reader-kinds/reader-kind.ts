import type { CardInterface } from '../software/create-software-channel.js';
import kinds from './reader-kinds.json';

/** A command for the reader itself, in hex: as a pseudo-APDU of class FF among those of the card, or by control code. */
export type ReaderCommand = { readonly transmit: string } | { readonly control: string };

export type ReaderCommandName =
  | 'firmware'
  /** Which lamps are lit; changes nothing. */
  | 'lamp'
  | 'buzzer-on-detection'
  | 'no-buzzer-on-detection'
  | 'picc-parameter';

/** What a holder is told by lamp and buzzer. */
export type Signal = 'approved' | 'declined';

/** What is known of a reader from its name. */
export interface ReaderKind {
  /** `ACR122U`, `contactless reader`; `unknown` where the name tells nothing. */
  readonly kind: string;
  /** Where it is on one side only. */
  readonly interface?: CardInterface | undefined;
  readonly commands: Readonly<Partial<Record<ReaderCommandName, ReaderCommand>>>;
  readonly signals?: Readonly<Record<Signal, readonly (ReaderCommand & { readonly thenWaitMs?: number })[]>>;
}

interface KindDefinition extends Partial<ReaderKind> {
  readonly kind: string;
  /** A regular expression for the part of a reader's name that tells it. */
  readonly name: string;
}

const definitions = (kinds as readonly KindDefinition[]).map(({ name, ...kind }) => ({
  pattern: new RegExp(name, 'i'),
  kind: { commands: {}, ...kind } satisfies ReaderKind,
}));

const UNKNOWN: ReaderKind = { kind: 'unknown', commands: {} };

/** The kind of a reader by its PC/SC name: the first that fits of `reader-kinds.json`. */
export const readerKindOf = (readerName: string): ReaderKind =>
  definitions.find(({ pattern }) => pattern.test(readerName))?.kind ?? UNKNOWN;
