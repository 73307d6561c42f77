import { availableParallelism } from 'node:os';
import { Command, InvalidArgumentError, Option } from 'commander';
import { coloursFor } from '../colours.js';
import { CommandError, exitCodes } from '../exit-codes.js';
import { parseUrl } from '../options/url.js';

interface FleetCommandOptions {
  readonly cards: number;
  readonly taps: number;
  readonly seed: string;
  readonly day: string;
  readonly share?: string;
  readonly keys?: number;
  readonly workers: number;
  readonly out?: string;
  readonly post?: string;
  readonly key?: string;
  readonly json?: boolean;
}

const parseNumber = (text: string): number => {
  const number = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(number) && number > 0) return number;
  throw new InvalidArgumentError('a number from 1');
};

/** Each of them keeps a card and the taps of its riders in memory. */
const WORKERS_MAX = 128;

const parseWorkers = (text: string): number => {
  const number = parseNumber(text);
  if (number <= WORKERS_MAX) return number;
  throw new InvalidArgumentError(`at most ${WORKERS_MAX}`);
};

export function fleetCommand(): Command {
  return new Command('fleet')
    .description('a city’s day by a seed: cards, taps and all that goes wrong, to files or straight to a gateway')
    .requiredOption('--cards <n>', 'cards to issue, one a rider', parseNumber)
    .requiredOption('--taps <m>', 'taps of all riders together, at most 40 each', parseNumber)
    .option('--seed <text>', 'the day follows from it: the same seed, the same bytes', '1')
    .option('--day <date>', 'the service day', '2015-10-03')
    .option('--share <list>', 'how much goes wrong, as late=0.02,torn=0 (the names: docs/fleet.md)')
    .option('--keys <k>', 'let so many card keys serve all cards in turn; cards are then made faster', parseNumber)
    .option('--workers <n>', `threads, ${WORKERS_MAX} at most`, parseWorkers, availableParallelism())
    .option('--out <folder>', 'write the day there as files: NDJSON, members, summary')
    .option('--post <url>', 'or send it to this gateway, and compare its answers', parseUrl)
    .addOption(new Option('--key <key>', 'an administrator’s API key of that gateway').env('YONGTAP_KEY'))
    .option('--json', 'print the summary as JSON')
    .addHelpText(
      'after',
      `
Examples:
  yongtap fleet --cards 6 --taps 40 --seed 7 --out ./day
  yongtap fleet --cards 6 --taps 40 --seed 7 --post http://127.0.0.1:8051 --key $YONGTAP_KEY
  yongtap fleet --cards 9 --taps 60 --keys 2 --share late=0.2,forged=0.05,lost=0.1 --out ./bad-day

Exit code 1: the gateway answered otherwise than it must. The files and the shares: docs/fleet.md.`,
    )
    .action(fleet);
}

async function fleet(options: FleetCommandOptions): Promise<void> {
  const [{ parseShares, defaultShares }, { planOf }, { runFleet }, { printFleet }, { ProgressBar }, interrupted] =
    await Promise.all([
      import('../fleet/shares.js'),
      import('../fleet/plan/plan-of.js'),
      import('../fleet/run-fleet.js'),
      import('../fleet/print-fleet.js'),
      import('../fleet/progress-bar.js'),
      import('../until-interrupted.js'),
    ]);
  const target = targetOf(options);
  const shares = options.share === undefined ? defaultShares : parseShares(options.share);
  const plan = planOf({ ...options, shares });
  const now = () => performance.now();
  const riding = new ProgressBar(process.stderr, 'taps', plan.taps, now);
  let delivering: InstanceType<typeof ProgressBar> | undefined;
  const clear = () => (delivering ?? riding).clear();
  const interruption = interrupted.untilInterrupted();
  try {
    const result = await runFleet(plan, target, {
      workers: options.workers,
      signal: interruption.signal,
      now,
      onTaps: (taps) => riding.show(taps),
      onUploads: (uploads, all) => {
        delivering ??= new ProgressBar(process.stderr, 'uploads', all, now);
        delivering.show(uploads);
      },
    });
    clear();
    const lines = options.json
      ? [JSON.stringify(result, undefined, 2)]
      : printFleet(result, coloursFor(process.stdout));
    for (const line of lines) console.log(line);
    if (!result.agrees) process.exitCode = exitCodes.no;
  } finally {
    clear();
    interruption.dispose();
  }
}

function targetOf({ out, post, key }: FleetCommandOptions) {
  if ((out === undefined) === (post === undefined)) {
    throw new CommandError('target-unclear', 'where to?', undefined, 'Give --out FOLDER, or --post URL with --key.');
  }
  if (out !== undefined) return { kind: 'folder', folder: out } as const;
  if (!key) {
    throw new CommandError('key-missing', '--post needs an API key', undefined, 'Give --key, or set YONGTAP_KEY.');
  }
  return { kind: 'gateway', url: post!, key } as const;
}
