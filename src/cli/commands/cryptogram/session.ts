import { Command } from 'commander';
import type { SessionKeyInput } from '../../../../emv/index.js';
import { type AlgorithmOption, addAlgorithm, addSessionMethod } from '../../cryptogram/session-key-options.js';

interface SessionOptions extends AlgorithmOption {
  readonly cardKey: string;
  readonly atc: string;
  readonly session: SessionKeyInput['method'];
  readonly unpredictableNumber?: string;
  readonly cryptogram?: string;
  readonly json?: boolean;
}

export function sessionCommand(): Command {
  const command = new Command('session')
    .description("the key of one transaction from a card's key")
    .requiredOption('--card-key <hex>', "the card's key, or @FILE with it")
    .requiredOption('--atc <hex>', 'application transaction counter, 2 bytes (9F36)');
  return addSessionMethod(addAlgorithm(command))
    .option('--cryptogram <hex>', '9F26, for the keys of scripts by the common method')
    .option('--json', 'print it as JSON')
    .addHelpText(
      'after',
      `
Examples:
  yongtap cryptogram session --card-key 014D996FCC8F49157DC8B49E3BCDFD99 --atc 0240
  yongtap cryptogram session --card-key 154E349D8485CA7E6A0798E9839B10C1 --atc 001C --session common --json`,
    )
    .action(session);
}

async function session(options: SessionOptions): Promise<void> {
  const [{ deriveSessionKey, keyCheckValue, toHex }, { readHex, readHexIfGiven }, { printValues }] = await Promise.all([
    import('../../../../emv/index.js'),
    import('../../cryptogram/read-hex.js'),
    import('../../cryptogram/print-values.js'),
  ]);
  const { algorithm } = options;
  const key = deriveSessionKey({
    method: options.session,
    algorithm,
    key: readHex('--card-key', options.cardKey),
    atc: readHex('--atc', options.atc),
    unpredictableNumber: readHexIfGiven('--unpredictable-number', options.unpredictableNumber),
    applicationCryptogram: readHexIfGiven('--cryptogram', options.cryptogram),
  });
  printValues(
    [
      ['session key', 'key', toHex(key)],
      ['check value', 'kcv', toHex(keyCheckValue(algorithm, key))],
    ],
    options,
  );
}
