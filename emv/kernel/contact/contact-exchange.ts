import { type Command, encodeCommand, type Response } from '../../apdu/index.js';
import { type CardAnswer, type ContactCommandName, type KernelCommand, readAnswer } from '../exchange.js';
import type { Step } from '../transaction-outcome.js';
import type { PortAnswer, PortKind, PortRequest } from './port-request.js';

/** What the contact kernel wants: a command sent to the card, or something of the terminal around it. */
export type ContactRequest = ({ readonly kind: 'command' } & KernelCommand<ContactCommandName>) | PortRequest;

/** Commands are answered by the card, requests by an answer of the same kind. */
export type ContactAnswer = CardAnswer | PortAnswer;

/** A part of a contact transaction: it yields requests and is resumed with their answers. */
export type ContactExchange<T> = Generator<ContactRequest, T, ContactAnswer>;

/** One command and its answer; a card that has left ends the transaction. */
export const transmit = (name: ContactCommandName, command: Command): ContactExchange<Step<Response>> =>
  transmitBytes(name, encodeCommand(command));

/** The same for a command that comes from the issuer, byte for byte. */
export function* transmitBytes(name: ContactCommandName, command: Uint8Array): ContactExchange<Step<Response>> {
  const answer = yield { kind: 'command', name, command };
  if (answer.kind !== 'response' && answer.kind !== 'no-response') {
    throw new TypeError(`a command is answered by the card, not by ${answer.kind}`);
  }
  return readAnswer(answer);
}

/** A request and its answer. Throws a `TypeError` where whoever drives the kernel answered something else. */
export function* ask<K extends PortKind>(request: PortRequest<K>): ContactExchange<PortAnswer<K>> {
  const answer = yield request as PortRequest;
  if (answer.kind !== request.kind) throw new TypeError(`${request.kind} was answered with ${answer.kind}`);
  return answer as PortAnswer<K>;
}
