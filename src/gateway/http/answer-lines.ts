import type { Intake } from '../intake/index.js';
import type { GatewayDatabase } from '../storage/index.js';
import type { Metrics } from './metrics.js';
import { Problem } from './problem.js';
import { readAhead } from './read-ahead.js';
import { NOT_UTF8_DETAIL, tooLarge } from './read-json.js';
import { type Line as ReadLine, readLines } from './read-lines.js';
import { readTapText } from './read-tap-text.js';
import { statusOf } from './tap-status.js';
import { toProblem } from './to-problem.js';

export interface LineServices {
  readonly intake: Pick<Intake, 'accept' | 'read'>;
  readonly metrics: Pick<Metrics, 'tapAnswered'>;
  readonly database: Pick<GatewayDatabase, 'failureOf'>;
}

export interface LineSource {
  /** Whether records of an operator may come from here. */
  maySpeakFor(operator: string): boolean;
  readonly uploadedAt: Date;
}

/** The answer to a line, as a single tap would get it. */
export interface AnsweredLine {
  readonly status: number;
  readonly result?: 'created' | 'exists' | 'conflict' | 'refused';
  readonly id?: string;
  readonly code?: string;
  /** JSON. */
  readonly receipt?: string;
}

export interface AnsweredGroup {
  readonly lines: readonly AnsweredLine[];
  /** What was wrong with the bytes after these lines, so that nothing more could be read. */
  readonly broken?: AnsweredLine;
}

/** So many records are kept together: one sync of the disk for all of them. */
const RECORDS_TOGETHER = 200;

/** While one is kept the next waits to be, and what the cards of the one behind signed is checked. */
const GROUPS_AHEAD = 3;

/**
 * Reads records line by line and keeps them some hundred at a time. A line that is wrong is answered as such and stops
 * nothing. Of what nobody has asked for yet two groups are read at most.
 */
export async function* answerLines(
  services: LineServices,
  source: LineSource,
  bytes: AsyncIterable<Buffer>,
): AsyncGenerator<AnsweredGroup> {
  for await (const { answered } of readAhead(groupsOfLines(services, source, bytes), GROUPS_AHEAD)) yield answered;
}

/** As {@link answerLines}, each group as soon as its answers are on their way. */
async function* groupsOfLines(
  services: LineServices,
  source: LineSource,
  bytes: AsyncIterable<Buffer>,
): AsyncGenerator<{ readonly answered: Promise<AnsweredGroup> }> {
  let waiting: ReadLine[] = [];
  const inOrder = createOrder();
  const settleAll = async (lines: readonly ReadLine[]) => ({ lines: await settle(services, source, lines, inOrder) });
  try {
    for await (const line of readLines(bytes)) {
      waiting.push(line);
      if (waiting.length < RECORDS_TOGETHER) continue;
      yield { answered: settleAll(waiting) };
      waiting = [];
    }
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const broken = toLine(error);
    yield { answered: settleAll(waiting).then((group) => ({ ...group, broken })) };
    return;
  }
  if (waiting.length > 0) yield { answered: settleAll(waiting) };
}

function toLine(problem: Problem): AnsweredLine {
  const { code, status, title, detail = title, errors } = problem.details();
  return { status, code, detail, ...(errors && { errors }) } as AnsweredLine;
}

/** Gives back what it is given when all that came before is there or has failed. */
type InOrder = <Result>(result: Promise<Result>) => Promise<Result>;

function createOrder(): InOrder {
  let last: Promise<void> = Promise.resolve();
  return async (result) => {
    const before = last;
    // Without its value, which would hold all that ever came.
    last = Promise.allSettled([before, result]).then(() => undefined);
    await before;
    return result;
  };
}

/** Whatever keeps some records from being kept is their answer, and no one else's. */
function settle(
  services: LineServices,
  source: LineSource,
  lines: readonly ReadLine[],
  inOrder: InOrder,
): Promise<AnsweredLine[]> {
  const settleOne = (line: ReadLine): Promise<AnsweredLine> =>
    answerLine(services, source, line, inOrder).catch((error: unknown) => toLine(toProblem(error, services.database)));
  return Promise.all(lines.map(settleOne));
}

async function answerLine(
  { intake, metrics }: LineServices,
  { maySpeakFor, uploadedAt }: LineSource,
  line: ReadLine,
  inOrder: InOrder,
): Promise<AnsweredLine> {
  if (line === 'too-long') throw tooLarge();
  if (line === 'not-utf8') throw new Problem('body-not-json', { detail: NOT_UTF8_DETAIL });
  // Threads that check records beside each other are done in any order: of two contents under one identity the first line counts.
  const tap = await inOrder(readTapText(intake, line, maySpeakFor));
  const answer = await intake.accept(tap, uploadedAt);
  metrics.tapAnswered(answer.result, answer.code);
  return { status: statusOf(answer), ...answer };
}
