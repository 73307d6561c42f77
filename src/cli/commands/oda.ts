import { Command, Option } from 'commander';
import type { OdaOptions } from '../oda/oda-options.js';
import { parseSeconds } from '../options/seconds.js';

export function odaCommand(): Command {
  return new Command('oda')
    .description('is the card authentic? its certificates and signatures, link by link, and which check failed')
    .argument(
      '[file]',
      'a recording, a log of commands and answers, or vectors; without it, or with -, the pipe is read',
    )
    .option('--explain', 'show every field of the recovered certificates, not only those that failed')
    .option('--card <card>', 'tap a software card: a card file, or the name of a profile')
    .option('--reader <name>', 'tap a card on a PC/SC reader')
    .option('--profile <terminal>', 'the terminal that taps it, as for yongtap tap', 'bus-validator')
    .option('--id <id...>', 'of the vectors in the file these only')
    .option(
      '--date <date>',
      'the day on which the certificates have to be good, YYYY-MM-DD (default: the one of the tap)',
    )
    .option('--ca-keys <file...>', 'trust the keys of a file too')
    .option('--revoked <file...>', 'revoked issuer certificates: RID, index and serial number in each line')
    .option('--no-test-cards', 'trust live keys only, not the test authority of the software cards')
    .option('--state <folder>', 'where imported keys and cards of profiles are kept')
    .option('--timeout <seconds>', 'how long to wait for a card on a reader (default: 60)', parseSeconds)
    .option('--json', 'print the chains as JSON')
    .addOption(new Option('--lang <language>', 'language of the names').choices(['en', 'zh']).default('en'))
    .option('--show-pan', 'show card numbers in full (masked otherwise)')
    .addHelpText(
      'after',
      `
Examples:
  yongtap oda --card service-card-51 --explain
  yongtap oda test-vectors/oda-minted.json --id p31-fdda01-a --explain --lang zh
  yongtap tap --card service-card-51 --profile bus-validator --record tap.json
  yongtap oda tap.json --date 2017-01-01

Exit code 0: authentic; 1: not, and the check that failed is named.`,
    )
    .action(oda);
}

async function oda(path: string | undefined, options: OdaOptions): Promise<void> {
  const { runOda } = await import('../oda/run-oda.js');
  await runOda(path, options);
}
