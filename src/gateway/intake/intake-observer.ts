/** Is told of the intake's work while it is done; changes nothing of it. */
export interface IntakeObserver {
  /** What is found out of one tap without the books. */
  examine<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Taps that are kept together. */
  commit<Result>(taps: number, work: () => Promise<Result>): Promise<Result>;
  /** Cards that are priced and booked within a commit. */
  book<Result>(cards: number, work: () => Promise<Result>): Promise<Result>;
}

export const noObserver: IntakeObserver = {
  examine: (work) => work(),
  commit: (_taps, work) => work(),
  book: (_cards, work) => work(),
};
