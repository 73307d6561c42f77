import { Command, Option } from 'commander';
import { CommandError } from '../exit-codes.js';
import { faultOption } from '../faults/fault-option.js';
import { parseIssuer, parsePins, parseZonePinKey } from '../options/contact.js';
import { parseCount } from '../options/count.js';
import { parseMilliseconds } from '../options/milliseconds.js';
import { parseName } from '../options/name.js';
import { parseSeconds } from '../options/seconds.js';
import { parseUrl } from '../options/url.js';
import { parseYuan } from '../options/yuan.js';
import type { ContactOptions } from '../tap/contact/contact-options.js';
import type { TapOptions } from '../tap/tap-options.js';

export function tapCommand(): Command {
  return new Command('tap')
    .description('tap a card: run the qPBOC transaction of a terminal, check the card, keep the tap, post it')
    .option('--reader <name>', 'a PC/SC reader, or a part of its name (every reader if not given)')
    .option('--card <card>', 'a software card: a card file, or the name of a profile; or a recording')
    .option('--transcript <file>', 'a recording, played again with its own terminal and at its own time')
    .option('--session <id>', 'which one of several in a recording, such as tap-2')
    .addOption(new Option('--binding <name>', 'how to reach PC/SC').choices(['nfc-pcsc', 'smartcard']))
    .addOption(
      new Option('--share <mode>', 'whether other programs may use the card meanwhile (default: shared)').choices([
        'shared',
        'exclusive',
      ]),
    )
    .option('--feedback', 'let the reader tell the holder by lamp and buzzer, where it has them')
    .option(
      '--profile <terminal>',
      'metro-gate (default), metro-gate-offline, bus-validator, parking-meter, taxi, bicycle-dock, shop, cinema',
    )
    .option('--amount <yuan>', 'what to debit on the card (default: the profile’s)', parseYuan)
    .option('--at <instant>', 'when it is, for the terminal (default: now)')
    .option('--event <event>', 'entry, exit, single, start, end (default: the first of the profile)')
    .option('--place <key=value,…>', 'line, station, stop, region, zone, dock, merchant, fareFen, distanceM, waitingS')
    .option('--operator <name>', 'operator of the terminal', parseName)
    .option('--terminal <name>', "the terminal's name", parseName)
    .option('--post <url>', 'upload this tap, and all that wait, to a gateway', parseUrl)
    .addOption(new Option('--key <key>', 'API key of the gateway').env('YONGTAP_KEY'))
    .addOption(
      new Option('--interface <name>', 'contactless: a tap (default); contact: a card in a slot, see below').choices([
        'contact',
        'contactless',
      ]),
    )
    .addOption(
      new Option('--type <type>', 'contact: what for (default: purchase)').choices([
        'purchase',
        'cash',
        'balance',
        'load',
        'maintenance',
      ]),
    )
    .addOption(
      new Option(
        '--pin <digits,…>',
        'contact: the PIN; several for several tries (asked for at each card where neither is given)',
      )
        .env('YONGTAP_PIN')
        .argParser(parsePins),
    )
    .option('--issuer <url>', 'contact: the issuer’s host, or `simulator` for one in this process', parseIssuer)
    .addOption(new Option('--issuer-key <key>', 'contact: API key of the issuer').env('YONGTAP_ISSUER_KEY'))
    .addOption(
      new Option('--zone-pin-key <hex>', 'contact: the key for online PINs (default: that of the software cards’ bank)')
        .env('YONGTAP_ZONE_PIN_KEY')
        .argParser(parseZonePinKey),
    )
    .option('--offline', 'contact: a terminal without a line')
    .option('--force-online', 'contact: the clerk sends it to the issuer')
    .option('--no-electronic-cash', 'contact: pay from the account, small amounts too')
    .option('--record <file>', 'keep the tap as a session that replays; the file holds the card number')
    .option(
      '--count <n>',
      'how many taps or cards in a slot, or `endless` (default: 1; with readers, on a terminal, until Ctrl-C)',
      parseCount,
    )
    .addOption(faultOption())
    .option('--trace', 'print each command and answer, explained down to the bit, and where the time went')
    .option(
      '--budget <ms>',
      'what the holder may have to wait, for the timing of --trace (default: 300)',
      parseMilliseconds,
    )
    .addOption(new Option('--lang <language>', 'language of the names').choices(['en', 'zh']).default('en'))
    .option('--show-pan', 'show card numbers in full (masked otherwise)')
    .option('--no-test-cards', 'trust UnionPay’s live keys only, not the test authority of the software cards')
    .option(
      '--ca-keys <file...>',
      'trust the keys of a file too, and hear of its revoked certificates (keys import keeps them)',
    )
    .option('--lists <folder>', 'go by the lists that `lists pull` keeps there: who is kept out, members, keys')
    .option(
      '--timeout <seconds>',
      'how long to wait for a card on a reader (default: 60; until Ctrl-C in an endless loop)',
      parseSeconds,
    )
    .option('--state <folder>', 'where the terminal keeps its taps and cards of profiles')
    .option('--json', 'print result, tap record, times and trace as JSON; several taps a line each')
    .addHelpText(
      'after',
      `
Examples:
  yongtap tap --card service-card-51 --profile bus-validator --trace
  yongtap tap --reader ACR122 --profile metro-gate --event entry --place line=2,station=客运中心
  yongtap tap --reader ACR122 --profile bus-validator --trace --count endless
  yongtap tap --card service-card-51 --profile bus-validator --trace --count 5 --budget 200
  yongtap tap --card my-card.json --post http://127.0.0.1:8051 --key $YONGTAP_KEY
  yongtap tap --card service-card-51 --record tap.json
  yongtap replay tap.json
  yongtap tap --interface contact --card service-card-51 --amount 300 --pin 123456 --issuer simulator
  yongtap tap --interface contact --card service-card-51 --type load --amount 50 --pin 123456 --issuer http://127.0.0.1:8052
  yongtap tap --interface contact --amount 5 --pin 123456 --count endless
  yongtap tap --transcript tap.json --trace --lang zh
  yongtap tap --card service-card-51 --profile bus-validator --fault tear@8 --count 2

In front of a reader, on a terminal, it taps card after card until Ctrl-C, by radio or in a slot; --count 1 ends after
the first. In a slot each holder is asked for the PIN anew, unless --pin gives it.

Exit code 0: all approved; 1: one was declined, or torn from the field or the slot.`,
    )
    .action(tap);
}

async function tap(options: TapOptions & ContactOptions, command: Command): Promise<void> {
  const { refuseReaderOptions } = await import('../tap/reader-options.js');
  if (options.card !== undefined || options.transcript !== undefined) refuseReaderOptions(options);
  const said = Object.entries(options).filter(([name]) => command.getOptionValueSource(name) === 'cli');
  const given: Partial<TapOptions & ContactOptions> = Object.fromEntries(said);
  if (options.interface === 'contact') {
    const { performContactTap } = await import('../tap/contact/perform-contact-tap.js');
    return performContactTap(options, given);
  }
  const { checkTapOptions } = await import('../tap/contact/contact-options.js');
  checkTapOptions(given);
  if (options.post !== undefined && !options.key) {
    throw new CommandError(
      'key-missing',
      '--post needs the gateway’s API key',
      undefined,
      'Give --key, or set YONGTAP_KEY.',
    );
  }
  const { performTap } = await import('../tap/perform-tap.js');
  await performTap(options);
}
