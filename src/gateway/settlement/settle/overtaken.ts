/** Another settlement of the party was written since this one was worked out, and comes before it in its chain. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

/** What `work` gives, or `undefined` where it was overtaken and has changed nothing. */
export async function unlessOvertaken<Result>(work: Promise<Result>): Promise<Result | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Overtaken) return undefined;
    throw error;
  }
}
