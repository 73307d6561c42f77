import { Command, Option } from 'commander';
import type { PinBlockInput } from '../../../../emv/index.js';

type Format = PinBlockInput['format'] | '4';

interface PinBlockOptions {
  readonly format: Format;
  readonly pin?: string;
  readonly block?: string;
  readonly pan?: string;
  readonly key?: string;
  readonly json?: boolean;
}

export function pinBlockCommand(): Command {
  return new Command('pin-block')
    .description('a PIN block of ISO 9564-1, made or read: exit code 1 if it is none')
    .addOption(
      new Option('--format <digit>', '0, 1, 3 online; 2 offline; 4 with AES')
        .choices(['0', '1', '2', '3', '4'])
        .default('0'),
    )
    .option('--pin <digits>', 'makes a block; PINs of test cards only')
    .option('--block <hex>', 'reads a block')
    .option('--pan <digits>', 'card number, for formats 0, 3 and 4')
    .option('--key <hex>', 'PIN key, or @FILE with it: 3DES for formats 0 to 3 (clear without), AES for 4')
    .option('--json', 'print it as JSON')
    .addHelpText(
      'after',
      `
Examples:
  yongtap cryptogram pin-block --pin 1234 --pan 43219876543210987
  yongtap cryptogram pin-block --format 2 --pin 1234
  yongtap cryptogram pin-block --format 4 --block CC17F65586BFD0953010226C4FC5B3CA --pan 432198765432109870 --key C1D0F8FB4958670DBA40AB1F3752EF0D --json`,
    )
    .action(run);
}

async function run(options: PinBlockOptions): Promise<void> {
  const [{ makePinBlock, readPinBlock }, { toHex }, { CommandError, exitCodes }, { printValues }] = await Promise.all([
    import('../../cryptogram/pin-block.js'),
    import('../../../../emv/index.js'),
    import('../../exit-codes.js'),
    import('../../cryptogram/print-values.js'),
  ]);
  if ((options.pin === undefined) === (options.block === undefined)) {
    throw new CommandError('wrong-use', 'one of --pin and --block is wanted');
  }
  if (options.pin !== undefined) {
    printValues([['block', 'block', toHex(makePinBlock(options.pin, options))]], options);
    return;
  }
  const reading = readPinBlock(options.block!, options);
  printValues([reading.ok ? ['pin', 'pin', reading.pin] : ['no block', 'reason', reading.reason]], options);
  if (!reading.ok) process.exitCode = exitCodes.no;
}
