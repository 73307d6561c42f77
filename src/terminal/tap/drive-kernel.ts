/** Runs a kernel to its end, each of its requests answered in turn; what is answered at once is not waited for. */
export async function driveKernel<Request, Outcome, Answer>(
  kernel: Generator<Request, Outcome, Answer>,
  answer: (request: Request) => Answer | Promise<Answer>,
): Promise<Outcome> {
  let step = kernel.next();
  while (!step.done) {
    const given = answer(step.value);
    step = kernel.next(given instanceof Promise ? await given : given);
  }
  return step.value;
}
