import { Command, Option } from 'commander';
import type { ApduOptions } from '../apdu/apdu-options.js';
import { faultOption } from '../faults/fault-option.js';
import { parseSeconds } from '../options/seconds.js';

export function apduCommand(): Command {
  return new Command('apdu')
    .description('send commands to a card, and explain what comes back')
    .argument('[commands...]', 'in hex or by name, each in quotes; nothing: a script from the pipe, or a prompt')
    .option('--card <card>', 'a software card: a card file, or the name of a profile')
    .option('--reader <name>', 'a PC/SC reader, or a part of its name (any reader if not given)')
    .addOption(new Option('--binding <name>', 'how to reach PC/SC').choices(['nfc-pcsc', 'smartcard']))
    .addOption(
      new Option('--share <mode>', 'whether other programs may use the card meanwhile (default: shared)').choices([
        'shared',
        'exclusive',
      ]),
    )
    .addOption(
      new Option('--interface <name>', 'which side of a software card with both').choices(['contact', 'contactless']),
    )
    .addOption(faultOption())
    .option('--script <file>', 'a line a command; - for the pipe')
    .option('--keep-going', 'go on after an answer that is not the expected one')
    .option('--raw', 'hand 61xx and 6Cxx through, which are answered otherwise')
    .option('--record <file>', 'keep the conversation; the file holds the card number')
    .addOption(new Option('--lang <language>', 'language of the names').choices(['en', 'zh']).default('en'))
    .option('--show-pan', 'show card numbers in full (masked otherwise)')
    .option('--timeout <seconds>', 'how long to wait for a card on a reader (default: 60)', parseSeconds)
    .option('--state <folder>', 'where the cards of profiles are kept')
    .option('--json', 'print the conversation as JSON')
    .addHelpText(
      'after',
      `
A line is a command in hex, with spaces or without, or by name: select ppse, read-record 2 1, get-data 9F79,
get-processing-options 9F02=000000000200, generate-ac arqc, verify PIN …; or expect 9000 61??, reset, wait 500, or a
comment after #. $4F stands for what was said last of 4F. At the prompt, help lists them all.

Examples:
  yongtap apdu 00A404000E325041592E5359532E4444463031 --card service-card-51
  yongtap apdu "select ppse" 'select $4F' get-processing-options "get-data 9F79" --card service-card-51
  echo 'select ppse' | yongtap apdu --card service-card-51 --json
  yongtap apdu --script check.apdu --reader ACR122 --record check.json
  yongtap apdu "select A000000333010101" "expect 9000" "read-record 9 9" "expect 6A83 6A82 6985" --card service-card-51

Exit code 0: done, and every expectation met; 1: one was not met, or the card was lost.`,
    )
    .action(apdu);
}

async function apdu(words: readonly string[], options: ApduOptions): Promise<void> {
  const { performApdu } = await import('../apdu/perform-apdu.js');
  await performApdu(words, options);
}
