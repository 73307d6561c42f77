import { Command, Option } from 'commander';
import type { MacPadding } from '../../../../emv/index.js';
import { addSessionKey, type SessionKeyOptions } from '../../cryptogram/session-key-options.js';
import { exitCodes } from '../../exit-codes.js';

interface AcOptions extends SessionKeyOptions {
  readonly data?: string;
  readonly objects?: string;
  readonly padding: MacPadding;
  readonly verify?: string;
  readonly json?: boolean;
}

const OBJECTS =
  '9F02060000000000019F03060000000000009F1A020156950500800460005F2A0201569A031407019C01009F37041E78EEBC82027D009F360202409F100807010103A0400201';

export function acCommand(): Command {
  return addSessionKey(
    new Command('ac').description(
      'an application cryptogram (ARQC, TC, AAC), made or verified: exit code 1 if it is wrong',
    ),
  )
    .option('--objects <hex>', 'data objects of the transaction: what is covered follows from 9F10')
    .option('--data <hex>', 'what the cryptogram covers, instead of --objects')
    .addOption(new Option('--padding <method>', 'how --data is padded').choices(['80', '00']).default('80'))
    .option('--verify <hex>', 'the cryptogram to hold against; 9F26 among the objects unless given')
    .option('--json', 'print it as JSON')
    .addHelpText(
      'after',
      `
Examples:
  yongtap cryptogram ac --master-key F0C34A8124CEE0A91A0B034AA97D6EAC --pan 6228000100001 --psn 01 --objects ${OBJECTS}
  yongtap cryptogram ac --session-key D4102725E6E5AD329E55AAB50BF23DA9 --objects ${OBJECTS} --verify 5D016C91005E7CC2
  yongtap cryptogram ac --session-key 3F736BF9D27664348A04E2ABE10DEEC0 --data 0123456789ABCDEF0123456789ABCDEF --json`,
    )
    .action(ac);
}

async function ac(options: AcOptions): Promise<void> {
  const [{ applicationCryptogram, equalBytes, toHex }, { coveredData }, { readHexIfGiven }, { sessionKeyOf }, print] =
    await Promise.all([
      import('../../../../emv/index.js'),
      import('../../cryptogram/covered-data.js'),
      import('../../cryptogram/read-hex.js'),
      import('../../cryptogram/session-key.js'),
      import('../../cryptogram/print-values.js'),
    ]);
  const covered = coveredData(options);
  const { algorithm, padding } = options;
  const key = sessionKeyOf({ ...options, ...covered.known });
  const cryptogram = applicationCryptogram({ algorithm, key, data: covered.data, padding });
  const claimed = readHexIfGiven('--verify', options.verify) ?? covered.claimed;
  const isRight = claimed === undefined ? undefined : equalBytes(claimed, cryptogram);
  print.printValues(
    [
      ['covers', 'data', toHex(covered.data)],
      ['cryptogram', 'cryptogram', toHex(cryptogram)],
      ...(isRight === undefined ? [] : [['as claimed', 'verified', isRight] as const]),
    ],
    options,
  );
  if (isRight === false) process.exitCode = exitCodes.no;
}
