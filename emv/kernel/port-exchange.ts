import type { CardAnswer, KernelCommand } from './exchange.js';

/** The entries of a table of requests or answers, each with its kind. */
export type OfKind<Table, Kind extends keyof Table = keyof Table> = {
  [K in Kind]: { readonly kind: K } & Table[K];
}[Kind];

/** A command among the requests of a kernel that asks for more than commands. */
export type CommandRequest<Name extends string> = { readonly kind: 'command' } & KernelCommand<Name>;

/** Anything that whoever drives the kernel may have answered. */
interface Answered {
  readonly kind: string;
}

/** Throws a `TypeError` where something else than the card answered. */
export function* send<Name extends string>(
  command: KernelCommand<Name>,
): Generator<CommandRequest<Name>, CardAnswer, Answered> {
  const answer = yield { kind: 'command', ...command };
  if (isOfCard(answer)) return answer;
  throw new TypeError(`a command is answered by the card, not by ${answer.kind}`);
}

const isOfCard = (answer: Answered): answer is CardAnswer =>
  answer.kind === 'response' || answer.kind === 'no-response';

/** A request to the terminal around the kernel. Throws a `TypeError` where it was answered with something else. */
export function* request<Request extends Answered, Answer extends Answered>(
  asked: Request,
): Generator<Request, Answer, Answered> {
  const answer = yield asked;
  if (answer.kind !== asked.kind) throw new TypeError(`${asked.kind} was answered with ${answer.kind}`);
  return answer as Answer;
}
