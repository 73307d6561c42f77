import { parentPort } from 'node:worker_threads';
import { toThrown } from '../storage/thrown.js';
import type { Answered, Asked } from './messages.js';

/** Answers, in a thread, what an `AskedThread` asks. `transfer`: memory of an answer that goes along, and is gone here. */
export function answerQuestions<Question, Answer>(
  answer: (question: Question) => Answer | Promise<Answer>,
  transfer: (answer: Answer) => readonly ArrayBuffer[] = () => [],
): void {
  const port = parentPort!;
  port.on('message', async ({ id, question }: Asked<Question>) => {
    try {
      const given = await answer(question);
      port.postMessage({ id, answer: given } satisfies Answered<Answer>, transfer(given));
    } catch (error) {
      port.postMessage({ id, thrown: toThrown(error) } satisfies Answered<Answer>);
    }
  });
}
