import { writeFile } from 'node:fs/promises';
import { Command, InvalidArgumentError, Option } from 'commander';
import { coloursFor } from '../colours.js';
import { CommandError, exitCodes } from '../exit-codes.js';
import { parseUrl } from '../options/url.js';
import { parseYuan } from '../options/yuan.js';
import { reportError } from '../report-error.js';

export interface TapOptions {
  readonly reader?: string;
  readonly card?: string;
  readonly transcript?: string;
  readonly binding?: 'nfc-pcsc' | 'smartcard';
  readonly profile: string;
  readonly amount?: number;
  readonly at?: string;
  readonly event?: string;
  readonly place?: string;
  readonly operator?: string;
  readonly terminal?: string;
  readonly post?: string;
  readonly key?: string;
  readonly record?: string;
  readonly trace?: boolean;
  readonly lang: 'en' | 'zh';
  readonly showPan?: boolean;
  readonly testCards: boolean;
  readonly timeout: number;
  readonly state?: string;
  readonly json?: boolean;
}

function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (!(seconds > 0 && seconds <= 86_400)) throw new InvalidArgumentError('seconds, more than 0');
  return seconds;
}

export function tapCommand(): Command {
  return new Command('tap')
    .description('tap a card: run the qPBOC transaction of a terminal, check the card, keep the tap, post it')
    .option('--reader <name>', 'a PC/SC reader, or the beginning of its name (any reader if not given)')
    .option('--card <card>', 'a software card: a card file, or the name of a profile')
    .option('--transcript <file>', 'a conversation that --record wrote, played again at its own time')
    .addOption(new Option('--binding <name>', 'how to reach PC/SC').choices(['nfc-pcsc', 'smartcard']))
    .option(
      '--profile <terminal>',
      'metro-gate, bus-validator, parking-meter, taxi, bicycle-dock, shop, cinema',
      'metro-gate',
    )
    .option('--amount <yuan>', 'what to debit on the card (default: the profile’s)', parseYuan)
    .option('--at <instant>', 'when it is, for the terminal (default: now)')
    .option('--event <event>', 'entry, exit, single, start, end (default: the first of the profile)')
    .option('--place <key=value,…>', 'line, station, stop, region, zone, dock, merchant, fareFen, distanceM, waitingS')
    .option('--operator <name>', 'operator of the terminal')
    .option('--terminal <name>', "the terminal's name")
    .option('--post <url>', 'upload this tap, and all that wait, to a gateway', parseUrl)
    .addOption(new Option('--key <key>', 'API key of the gateway').env('YONGTAP_KEY'))
    .option('--record <file>', 'write the conversation as a transcript; it holds the card number')
    .option('--trace', 'print each command and answer, explained down to the bit')
    .addOption(new Option('--lang <language>', 'language of the names').choices(['en', 'zh']).default('en'))
    .option('--show-pan', 'show card numbers in full (masked otherwise)')
    .option('--no-test-cards', 'trust UnionPay’s live keys only, not the test authority of the software cards')
    .option('--timeout <seconds>', 'how long to wait for a card on a reader', parseSeconds, 60)
    .option('--state <folder>', 'where the terminal keeps its taps and cards of profiles')
    .option('--json', 'print result, tap record and trace as JSON')
    .addHelpText(
      'after',
      `
Examples:
  yongtap tap --card service-card-51 --profile bus-validator --trace
  yongtap tap --reader ACR122 --profile metro-gate --event entry --place line=2,station=客运中心
  yongtap tap --card my-card.json --post http://127.0.0.1:8051 --key $YONGTAP_KEY
  yongtap tap --card service-card-51 --record tap.json
  yongtap tap --transcript tap.json --trace --lang zh

Exit code 0: approved; 1: declined, or torn from the field.`,
    )
    .action(tap);
}

async function tap(options: TapOptions): Promise<void> {
  if (options.post !== undefined && !options.key) {
    throw new CommandError(
      'key-missing',
      '--post needs the gateway’s API key',
      undefined,
      'Give --key, or set YONGTAP_KEY.',
    );
  }
  const [{ benchTerminal }, { openBenchQueue, runTap }, { openChannel }, { stateFolder }, { trustedKeys }] =
    await Promise.all([
      import('../tap/bench-terminal.js'),
      import('../tap/run-tap.js'),
      import('../tap/open-channel.js'),
      import('../state/state-folder.js'),
      import('../trusted-keys.js'),
    ]);
  const [{ recordTranscript }, { untilInterrupted }, { TapPrinter }, { deliver }, { parseInstant }, { parsePlace }] =
    await Promise.all([
      import('../../readers/index.js'),
      import('../until-interrupted.js'),
      import('../tap/tap-printer.js'),
      import('../tap/deliver.js'),
      import('../options/instant.js'),
      import('../options/place.js'),
    ]);
  const place = options.place === undefined ? undefined : await parsePlace(options.place);
  const at = options.at === undefined ? undefined : await parseInstant(options.at);
  const bench = benchTerminal({ ...options, place });
  const state = stateFolder(options.state);
  const printer = new TapPrinter(options, bench, coloursFor(process.stdout));
  const interruption = untilInterrupted();
  const queue = await openBenchQueue(state, bench);
  try {
    const card = await openChannel({
      ...options,
      state,
      timeoutMs: options.timeout * 1000,
      signal: interruption.signal,
      onWaiting: (message) => process.stderr.write(`${message}\n`),
    });
    try {
      const channel = recordTranscript(card.channel);
      const { unpredictableNumber, at: recordedAt } = card.terminal ?? {};
      const kept = await runTap(queue, bench, {
        channel,
        clock: () => at ?? recordedAt ?? new Date(),
        ...(unpredictableNumber && { random: () => unpredictableNumber }),
        caKeys: trustedKeys({ testCards: options.testCards }),
        onExchange: (exchange) => printer.exchange(exchange),
      });
      printer.decided(kept);
      if (options.record) await writeFile(options.record, `${JSON.stringify(channel.transcript(), undefined, 2)}\n`);
      const delivery = await deliver(queue, kept.record, options, interruption.signal, printer);
      printer.finish(kept, delivery);
      if (!kept.result.accepted || delivery?.isRefused) process.exitCode = exitCodes.no;
      if (delivery?.failure) process.exitCode = await reportError(delivery.failure, { json: false });
    } finally {
      await card.close();
    }
  } finally {
    interruption.dispose();
    await queue.close();
  }
}
