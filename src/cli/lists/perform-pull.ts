import { setTimeout as wait } from 'node:timers/promises';
import type { ListKind } from '../../lists/index.js';
import {
  type ListStore,
  openListStore,
  type PullReport,
  pullLists,
  type Reported,
  readTerminalLists,
  reportLists,
} from '../../terminal/index.js';
import { CommandError, exitCodes } from '../exit-codes.js';
import { ProgressBar } from '../fleet/progress-bar.js';
import { untilInterrupted } from '../until-interrupted.js';
import { version } from '../version.js';
import { printPull } from './print-pull.js';

export interface PullListsOptions {
  readonly from: string;
  readonly key: string;
  readonly to: string;
  readonly only?: readonly ListKind[];
  readonly pin?: string;
  readonly operator?: string;
  readonly terminal?: string;
  /** Seconds, or as often as the parameters say. */
  readonly watch?: number | true;
  readonly json?: boolean;
}

const WATCH_SECONDS = 30;

/** `yongtap lists pull`: once, or again and again until it is interrupted. */
export async function performPull(options: PullListsOptions): Promise<void> {
  const store = await openListStore(options.to, { clock: () => new Date() });
  if (options.watch === undefined) {
    process.exitCode = await pullOnce(store, options, undefined);
    return;
  }
  const interruption = untilInterrupted();
  try {
    while (!interruption.signal.aborted) {
      await pullOnce(store, options, interruption.signal);
      const seconds = options.watch === true ? secondsOf(store) : options.watch;
      await wait(seconds * 1000, undefined, { signal: interruption.signal }).catch(() => {});
    }
  } finally {
    interruption.dispose();
  }
}

function secondsOf(store: ListStore): number {
  const seconds = readTerminalLists(store, new Date()).parameters['lists.pullSeconds'];
  return typeof seconds === 'number' && seconds >= 1 ? seconds : WATCH_SECONDS;
}

async function pullOnce(store: ListStore, options: PullListsOptions, signal: AbortSignal | undefined): Promise<number> {
  const gateway = { url: options.from, apiKey: options.key, fetch, signal };
  const bar = new ProgressBar(process.stderr, 'lists', options.only?.length ?? 5, () => performance.now());
  let count = 0;
  const report = await pullLists(store, gateway, {
    pin: options.pin,
    kinds: options.only,
    onPulled: () => bar.show(++count),
  });
  bar.clear();
  const reported = await reportTo(store, options, gateway);
  if (options.json) {
    const told = { ...report, ...(reported && { reported }), damaged: store.damaged };
    console.log(JSON.stringify(told, undefined, options.watch === undefined ? 2 : 0));
  } else {
    const lines = printPull(report, reported, store, { changesOnly: options.watch !== undefined });
    for (const line of lines) console.log(line);
  }
  if (options.watch === undefined) failWhereUnanswered(report, options.from);
  const isRefused = !report.keys.ok || report.lists.some(({ ok }) => !ok) || reported?.ok === false;
  return isRefused ? exitCodes.no : exitCodes.done;
}

async function reportTo(
  store: ListStore,
  { operator, terminal }: PullListsOptions,
  gateway: Parameters<typeof reportLists>[1],
): Promise<Reported | undefined> {
  if (operator === undefined || terminal === undefined || store.keys.length === 0) return undefined;
  return reportLists(store, gateway, {
    operator,
    terminal,
    at: new Date().toISOString(),
    software: `yongtap/${version}`,
  });
}

function failWhereUnanswered({ keys }: PullReport, url: string): void {
  if (keys.ok || !('status' in keys) || keys.status !== 0) return;
  const hint = 'The terminal goes on with the lists that it has.';
  throw new CommandError('gateway-unreachable', `${url}: ${keys.code}`, exitCodes.partMissing, hint);
}
