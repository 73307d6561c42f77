import type { CardAnswer, Exchange, KernelCommand } from '../exchange.js';
import type { PortAnswer, PortKind, PortRequest } from './port-request.js';

/** What the kernel of part 14 wants: a command sent to the card, or something of the terminal around it. */
export type SmallPaymentRequest = ({ readonly kind: 'command' } & KernelCommand) | PortRequest;

/** Commands are answered by the card, requests by an answer of the same kind. */
export type SmallPaymentAnswer = CardAnswer | PortAnswer;

/** A part of a transaction of part 14: it yields requests and is resumed with their answers. */
export type SmallPaymentExchange<T> = Generator<SmallPaymentRequest, T, SmallPaymentAnswer>;

/** A part that talks to the card alone. */
export function* withCard<T>(part: Exchange<T>): SmallPaymentExchange<T> {
  let step = part.next();
  while (!step.done) {
    const answer = yield { kind: 'command', ...step.value };
    if (answer.kind !== 'response' && answer.kind !== 'no-response') {
      throw new TypeError(`a command is answered by the card, not by ${answer.kind}`);
    }
    step = part.next(answer);
  }
  return step.value;
}

/** A request and its answer. Throws a `TypeError` where whoever drives the kernel answered something else. */
export function* askPort<K extends PortKind>(request: PortRequest<K>): SmallPaymentExchange<PortAnswer<K>> {
  const answer = yield request as PortRequest;
  if (answer.kind !== request.kind) throw new TypeError(`${request.kind} was answered with ${answer.kind}`);
  return answer as PortAnswer<K>;
}
