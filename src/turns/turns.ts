/** Does pieces of work one after the other, in the order in which they are handed in. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Gives what the piece gives. Its failure is its own alone: the next one's turn comes as well. */
  take<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => {});
    return result;
  }
}
