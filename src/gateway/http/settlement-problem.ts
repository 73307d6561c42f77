import type { RecordedTransaction, Refused, SettlementRefusal } from '../settlement/index.js';
import { Problem, type ProblemCode } from './problem.js';

const PROBLEMS: Readonly<Record<SettlementRefusal, ProblemCode>> = {
  'service-day-open': 'service-day-open',
  'settlement-unknown': 'not-found',
  'settlement-state-wrong': 'settlement-state-wrong',
  'transaction-conflict': 'transaction-conflict',
  'journey-unknown': 'not-found',
  'refund-too-large': 'refund-too-large',
  'debt-exceeded': 'debt-exceeded',
  'credit-exceeded': 'credit-exceeded',
};

/** What was done. Throws the Problem of a refusal. */
export function orRefused<Done extends object>(answer: Done | Refused): Done {
  if (!('code' in answer)) return answer as Done;
  const { code, detail } = answer as Refused;
  throw new Problem(PROBLEMS[code], { detail });
}

/** 201 the first time, 200 when the same is asked again. */
export function wasRecordedOnce(answer: RecordedTransaction | Refused) {
  const recorded = orRefused(answer);
  return {
    status: recorded.result === 'created' ? 201 : 200,
    body: recorded,
    log: { transaction: recorded.transaction.id, result: recorded.result },
  };
}
