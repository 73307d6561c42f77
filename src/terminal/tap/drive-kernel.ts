/** Runs a kernel to its end, each of its requests answered in turn. */
export async function driveKernel<Request, Outcome, Answer>(
  kernel: Generator<Request, Outcome, Answer>,
  answer: (request: Request) => Promise<Answer>,
): Promise<Outcome> {
  let step = kernel.next();
  while (!step.done) step = kernel.next(await answer(step.value));
  return step.value;
}
