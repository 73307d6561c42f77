import { parseTapRecord, type TapRecord } from '../../tap/index.js';
import type { Intake } from '../intake/index.js';
import type { GatewayDatabase } from '../storage/index.js';
import type { Metrics } from './metrics.js';
import { Problem } from './problem.js';
import { readAhead } from './read-ahead.js';
import { NOT_UTF8_DETAIL, placeOf } from './read-json.js';
import { type Line as ReadLine, readLines } from './read-lines.js';
import { statusOf } from './tap-status.js';
import { toProblem } from './to-problem.js';

export interface LineServices {
  readonly intake: Pick<Intake, 'accept'>;
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
}

export interface AnsweredGroup {
  readonly lines: readonly AnsweredLine[];
  /** What was wrong with the bytes after these lines, so that nothing more could be read. */
  readonly broken?: AnsweredLine;
}

/** So many records are kept together: one sync of the disk for all of them. */
const RECORDS_TOGETHER = 200;

/** While one is kept, what the cards of the next signed is checked. */
const GROUPS_AHEAD = 2;

type Line = { readonly record: TapRecord } | AnsweredLine;

/**
 * Reads records line by line and keeps them some hundred at a time. A line that is wrong is answered as such and stops
 * nothing. Of what nobody has asked for yet one group is read at most.
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
  let waiting: Line[] = [];
  let broken: AnsweredLine | undefined;
  const settleAll = async (lines: readonly Line[]): Promise<AnsweredGroup> => ({
    lines: await settle(services, source, lines),
    ...(broken && { broken }),
  });
  try {
    for await (const line of readLines(bytes)) {
      waiting.push(readLine(line, source));
      if (waiting.length < RECORDS_TOGETHER) continue;
      yield { answered: settleAll(waiting) };
      waiting = [];
    }
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    broken = toLine(error);
  }
  if (waiting.length > 0 || broken) yield { answered: settleAll(waiting) };
}

function readLine(line: ReadLine, { maySpeakFor }: LineSource): Line {
  if (line === 'too-long') return toLine(new Problem('body-too-large'));
  if (line === 'not-utf8') return toLine(new Problem('body-not-json', { detail: NOT_UTF8_DETAIL }));
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return toLine(new Problem('body-not-json', { detail: placeOf((error as Error).message) }));
  }
  const parsed = parseTapRecord(value);
  if (!parsed.ok) {
    const errors = parsed.issues.map(({ path, code, message }) => ({ pointer: path, code, message }));
    return toLine(new Problem('request-invalid', { errors }));
  }
  const { record } = parsed;
  return maySpeakFor(record.operator) ? { record } : toLine(new Problem('operator-mismatch'));
}

function toLine(problem: Problem): AnsweredLine {
  const { code, status, title, detail = title, errors } = problem.details();
  return { status, code, detail, ...(errors && { errors }) } as AnsweredLine;
}

/** Whatever keeps some records from being kept is their answer, and no one else's. */
function settle(
  { intake, metrics, database }: LineServices,
  { uploadedAt }: LineSource,
  lines: readonly Line[],
): Promise<AnsweredLine[]> {
  const settleOne = async (line: Line): Promise<AnsweredLine> => {
    if (!isRecord(line)) return line;
    try {
      const answer = await intake.accept(line.record, uploadedAt);
      metrics.tapAnswered(answer.result, answer.code);
      return { status: statusOf(answer), ...answer };
    } catch (error) {
      return toLine(toProblem(error, database));
    }
  };
  return Promise.all(lines.map(settleOne));
}

const isRecord = (line: Line): line is { readonly record: TapRecord } => 'record' in line;
