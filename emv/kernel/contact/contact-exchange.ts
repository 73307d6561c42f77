import { type Command, encodeCommand, type Response } from '../../apdu/index.js';
import { type CardAnswer, type ContactCommandName, readAnswer } from '../exchange.js';
import { type CommandRequest, request, send } from '../port-exchange.js';
import type { Step } from '../transaction-outcome.js';
import type { PortAnswer, PortKind, PortRequest } from './port-request.js';

/** What the contact kernel wants: a command sent to the card, or something of the terminal around it. */
export type ContactRequest = CommandRequest<ContactCommandName> | PortRequest;

/** Commands are answered by the card, requests by an answer of the same kind. */
export type ContactAnswer = CardAnswer | PortAnswer;

/** A part of a contact transaction: it yields requests and is resumed with their answers. */
export type ContactExchange<T> = Generator<ContactRequest, T, ContactAnswer>;

/** One command and its answer; a card that has left ends the transaction. */
export const transmit = (name: ContactCommandName, command: Command): ContactExchange<Step<Response>> =>
  transmitBytes(name, encodeCommand(command));

/** The same for a command that comes from the issuer, byte for byte. */
export function* transmitBytes(name: ContactCommandName, command: Uint8Array): ContactExchange<Step<Response>> {
  return readAnswer(yield* send({ name, command }));
}

/** A request and its answer. */
export const ask = <K extends PortKind>(asked: PortRequest<K>): ContactExchange<PortAnswer<K>> =>
  request(asked as PortRequest);
