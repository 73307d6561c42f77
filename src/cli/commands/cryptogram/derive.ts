import { Command, Option } from 'commander';
import type { CardKeyInput } from '../../../../emv/index.js';
import { type AlgorithmOption, addAlgorithm } from '../../cryptogram/session-key-options.js';

interface DeriveOptions extends AlgorithmOption {
  readonly masterKey: string;
  readonly pan: string;
  readonly psn: string;
  readonly option: 'a' | 'b';
  readonly oddParity?: boolean;
  readonly json?: boolean;
}

export function deriveCommand(): Command {
  const command = new Command('derive')
    .description("a card's own key from its issuer's master key")
    .requiredOption('--master-key <hex>', "the issuer's key, or @FILE with it")
    .requiredOption('--pan <digits>', 'card number')
    .option('--psn <digits>', 'card sequence number', '00');
  return addAlgorithm(command)
    .addOption(new Option('--option <letter>', 'EMV option; PBOC has a').choices(['a', 'b']).default('a'))
    .option('--odd-parity', 'set the parity bits of a DES key')
    .option('--json', 'print it as JSON')
    .addHelpText(
      'after',
      `
Examples:
  yongtap cryptogram derive --master-key F0C34A8124CEE0A91A0B034AA97D6EAC --pan 6228000100001 --psn 01
  yongtap cryptogram derive --master-key 0123456789ABCDEFFEDCBA9876543210 --pan 6228000100001117 --algorithm sm4 --json`,
    )
    .action(derive);
}

async function derive(options: DeriveOptions): Promise<void> {
  const [{ deriveCardKey, keyCheckValue, toHex, withOddParity }, { readHex }, { printValues }] = await Promise.all([
    import('../../../../emv/index.js'),
    import('../../cryptogram/read-hex.js'),
    import('../../cryptogram/print-values.js'),
  ]);
  const { algorithm, pan, psn } = options;
  const method: CardKeyInput['method'] = `option-${options.option}`;
  const derived = deriveCardKey({ method, algorithm, masterKey: readHex('--master-key', options.masterKey), pan, psn });
  const key = options.oddParity && algorithm === '3des' ? withOddParity(derived) : derived;
  printValues(
    [
      ['card key', 'key', toHex(key)],
      ['check value', 'kcv', toHex(keyCheckValue(algorithm, key))],
    ],
    options,
  );
}
