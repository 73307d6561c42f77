import { Command, Option } from 'commander';
import type { CheckedKeyAlgorithm } from '../../../../emv/index.js';

interface KcvOptions {
  readonly key: string;
  readonly algorithm: CheckedKeyAlgorithm;
  readonly json?: boolean;
}

export function kcvCommand(): Command {
  return new Command('kcv')
    .description('the check value of a key, to compare keys without showing them')
    .requiredOption('--key <hex>', 'the key, or @FILE with it')
    .addOption(new Option('--algorithm <name>', 'what the key is for').choices(['3des', 'sm4', 'aes']).default('3des'))
    .option('--json', 'print it as JSON')
    .addHelpText(
      'after',
      `
Examples:
  yongtap cryptogram kcv --key 0123456789ABCDEFFEDCBA9876543210
  yongtap cryptogram kcv --key 2B7E151628AED2A6ABF7158809CF4F3C --algorithm aes --json`,
    )
    .action(check);
}

async function check(options: KcvOptions): Promise<void> {
  const [{ keyCheckValue, toHex }, { readHex }, { printValues }] = await Promise.all([
    import('../../../../emv/index.js'),
    import('../../cryptogram/read-hex.js'),
    import('../../cryptogram/print-values.js'),
  ]);
  printValues(
    [['check value', 'kcv', toHex(keyCheckValue(options.algorithm, readHex('--key', options.key)))]],
    options,
  );
}
