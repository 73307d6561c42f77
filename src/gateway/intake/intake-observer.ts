import type { KeptTaps } from './keeping/keeper.js';

/** Instants in milliseconds since 1970, by the machine's own clock. */
export interface Booked {
  readonly cards: number;
  readonly fromMs: number;
  readonly toMs: number;
}

/** Is told of the intake's work while it is done; changes nothing of it. */
export interface IntakeObserver {
  /** What is found out of one tap without the books. */
  examine<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Taps that are kept together. */
  commit(taps: number, work: () => Promise<KeptTaps>): Promise<KeptTaps>;
  /** Cards that were priced and booked within a commit. */
  booked(booked: Booked): void;
}

export const noObserver: IntakeObserver = {
  examine: (work) => work(),
  commit: (_taps, work) => work(),
  booked: () => {},
};
