import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommandError, exitCodes } from '../exit-codes.js';
import { askGateway } from '../gateway/ask-gateway.js';
import { calledOff } from './called-off.js';
import { type AnswerCounts, AnswerTally, agree } from './deliver/answer-tally.js';
import { GatewayDelivery, type Surprise } from './deliver/post-uploads.js';
import { type Upload, uploadsOf } from './deliver/uploads.js';
import { clearFolder, FileDelivery, prepareFolder, writeText } from './deliver/write-files.js';
import { type FleetMember, membersJson } from './members.js';
import { type FleetPlan, tagOf } from './plan/fleet-plan.js';
import { runWorkers } from './ride/run-workers.js';
import type { Counts } from './ride/tally.js';

export type FleetTarget =
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'gateway'; readonly url: string; readonly key: string };

export interface FleetOptions {
  readonly workers: number;
  readonly signal: AbortSignal;
  /** A stopwatch in milliseconds. */
  readonly now: () => number;
  readonly onTaps: (taps: number) => void;
  readonly onUploads: (uploads: number, all: number) => void;
}

/** What the day was, and how a gateway must answer it. The same plan gives the same summary. */
export interface FleetSummary {
  readonly plan: FleetPlan;
  /** Stands in the names of all terminals and members. */
  readonly tag: string;
  readonly members: { readonly members: number; readonly certified: number; readonly lost: number };
  /** At the terminals: presentations, and what became of them. */
  readonly terminals: Counts;
  readonly expected: AnswerCounts;
  readonly expectedByOperator: Readonly<Record<string, AnswerCounts>>;
}

export interface FleetResult {
  readonly summary: FleetSummary;
  /** What the gateway answered, where there was one. */
  readonly answers?: AnswerCounts | undefined;
  readonly surprises?: readonly Surprise[] | undefined;
  /** Whether the gateway answered as it must. */
  readonly agrees: boolean;
  readonly timing: {
    readonly elapsedMs: number;
    /** Of all workers together. */
    readonly issuingMs: number;
    readonly tappingMs: number;
    readonly tapsPerSecond: number;
  };
}

/** Rides the day and delivers it, to files or to a gateway. Leaves no temporary files, however it ends, and a day whole or not at all. */
export async function runFleet(plan: FleetPlan, target: FleetTarget, options: FleetOptions): Promise<FleetResult> {
  if (target.kind === 'folder') await prepareFolder(target.folder);
  const folder = await mkdtemp(join(tmpdir(), 'yongtap-fleet-'));
  try {
    return await rideAndDeliver(plan, target, folder, options);
  } catch (error) {
    if (target.kind === 'folder') await clearFolder(target.folder);
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function rideAndDeliver(
  plan: FleetPlan,
  target: FleetTarget,
  folder: string,
  { workers, signal, now, onTaps, onUploads }: FleetOptions,
): Promise<FleetResult> {
  const began = now();
  let taps = 0;
  const day = await runWorkers(plan, {
    workers,
    folder,
    signal,
    onProgress: (made) => {
      taps += made.taps;
      onTaps(taps);
    },
  });
  const ridden = now();
  const members = await deliverMembers(plan, target, signal);
  const delivery =
    target.kind === 'folder' ? new FileDelivery(target.folder) : new GatewayDelivery({ ...target, signal });
  const all = (day.counts.accepted ?? 0) + (day.counts.forged ?? 0);
  const expected = new AnswerTally();
  const byOperator = new Map<string, AnswerTally>();
  let uploads = 0;
  try {
    for await (const upload of uploadsOf(day.files, folder)) {
      if (signal.aborted) throw calledOff();
      count(upload, expected, byOperator);
      await delivery.take(upload);
      onUploads(++uploads, all);
    }
    await delivery.end();
  } catch (error) {
    if (delivery instanceof FileDelivery) await delivery.abandon();
    throw error;
  }
  const summary: FleetSummary = {
    plan,
    tag: tagOf(plan),
    members,
    terminals: day.counts,
    expected: expected.counts(),
    expectedByOperator: Object.fromEntries(
      [...byOperator].sort(([one], [other]) => (one < other ? -1 : 1)).map(([name, tally]) => [name, tally.counts()]),
    ),
  };
  if (target.kind === 'folder') {
    await writeText(join(target.folder, 'summary.json'), [`${JSON.stringify(summary, undefined, 2)}\n`]);
  }
  const answers = delivery instanceof GatewayDelivery ? delivery.answers.counts() : undefined;
  return {
    summary,
    ...(delivery instanceof GatewayDelivery && { answers, surprises: delivery.surprises }),
    agrees: answers === undefined || agree(summary.expected, answers),
    timing: {
      elapsedMs: now() - began,
      issuingMs: day.issuingMs,
      tappingMs: day.tappingMs,
      tapsPerSecond: (plan.taps / (ridden - began)) * 1000,
    },
  };
}

function count({ operator, expected }: Upload, all: AnswerTally, byOperator: Map<string, AnswerTally>): void {
  all.add(expected);
  const ofOperator = byOperator.get(operator) ?? new AnswerTally();
  byOperator.set(operator, ofOperator);
  ofOperator.add(expected);
}

async function deliverMembers(
  plan: FleetPlan,
  target: FleetTarget,
  signal: AbortSignal,
): Promise<FleetSummary['members']> {
  const counts = { members: 0, certified: 0, lost: 0 };
  const text = membersJson(plan, ({ certifications, cards }: FleetMember) => {
    counts.members++;
    if (certifications.length > 0) counts.certified++;
    if (cards.some(({ states }) => states.some(({ state }) => state === 'lost'))) counts.lost++;
  });
  if (target.kind === 'folder') await writeText(join(target.folder, 'members.json'), text);
  else await postMembers([...text].join(''), target, signal);
  return counts;
}

async function postMembers(body: string, { url, key }: { url: string; key: string }, signal: AbortSignal) {
  const answer = await askGateway(url, 'v1/members/import', {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body,
    signal,
  });
  if (answer.ok) return;
  const { code = `http-${answer.status}`, title = '' } = (await answer.json().catch(() => ({}))) as {
    code?: string;
    title?: string;
  };
  throw new CommandError('gateway-refused', `${url} does not take the members: ${title || code}`, exitCodes.no);
}
