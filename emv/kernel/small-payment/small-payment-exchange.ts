import type { CardAnswer, Exchange, KernelCommandName } from '../exchange.js';
import { type CommandRequest, request, send } from '../port-exchange.js';
import type { PortAnswer, PortKind, PortRequest } from './port-request.js';

/** What the kernel of part 14 wants: a command sent to the card, or something of the terminal around it. */
export type SmallPaymentRequest = CommandRequest<KernelCommandName> | PortRequest;

/** Commands are answered by the card, requests by an answer of the same kind. */
export type SmallPaymentAnswer = CardAnswer | PortAnswer;

/** A part of a transaction of part 14: it yields requests and is resumed with their answers. */
export type SmallPaymentExchange<T> = Generator<SmallPaymentRequest, T, SmallPaymentAnswer>;

/** A part that talks to the card alone. */
export function* withCard<T>(part: Exchange<T>): SmallPaymentExchange<T> {
  let step = part.next();
  while (!step.done) step = part.next(yield* send(step.value));
  return step.value;
}

/** A request and its answer. */
export const askPort = <K extends PortKind>(asked: PortRequest<K>): SmallPaymentExchange<PortAnswer<K>> =>
  request(asked as PortRequest);
