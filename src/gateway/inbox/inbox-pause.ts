/** The database cannot keep anything now: no file is taken further until it can. */
export class InboxPause extends Error {
  override readonly name = 'InboxPause';

  constructor(readonly code: string) {
    super(`nothing can be kept now: ${code}`);
  }
}
