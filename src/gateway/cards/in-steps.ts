import type { Transaction } from 'kysely';
import { MembershipError } from '../membership/index.js';
import type { Tables } from '../storage/index.js';
import type { CardOptions } from './card-options.js';
import { type CardStepRefused, refuseStep } from './card-step-refused.js';

/** Carries a refusal out of a transaction, so that what was written before it is undone. */
class StepUndone extends Error {
  override readonly name = 'StepUndone';
  readonly code = 'step-undone';

  constructor(readonly refusal: CardStepRefused) {
    super(refusal.detail);
  }
}

export const isRefused = (answer: object): answer is CardStepRefused =>
  'result' in answer && answer.result === 'refused';

/** What was done. A refusal leaves the transaction, and undoes all of it. */
export function orUndo<Done extends object>(answer: Done | CardStepRefused): Done {
  if (isRefused(answer)) throw new StepUndone(answer);
  return answer;
}

/**
 * Steps that are taken together: all of them, or none where one is refused. What membership says against a card that was
 * made means that its number is another's.
 */
export async function inSteps<Done extends object>(
  { database, afterRecording }: CardOptions,
  work: (transaction: Transaction<Tables>) => Promise<Done | CardStepRefused>,
): Promise<Done | CardStepRefused> {
  try {
    const done = await database.inTransaction(async (transaction) => orUndo(await work(transaction)));
    await afterRecording?.();
    return done;
  } catch (error) {
    if (error instanceof StepUndone) return error.refusal;
    const isTaken = error instanceof MembershipError && error.issues[0]?.code === 'card-of-other-member';
    if (isTaken) return refuseStep('card-number-taken');
    throw error;
  }
}
