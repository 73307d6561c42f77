import { Command } from 'commander';
import { addSessionKey, type SessionKeyOptions } from '../../cryptogram/session-key-options.js';

interface ArpcOptions extends SessionKeyOptions {
  readonly arqc: string;
  readonly arc?: string;
  readonly csu?: string;
  readonly proprietary?: string;
  readonly json?: boolean;
}

export function arpcCommand(): Command {
  return addSessionKey(
    new Command('arpc')
      .description("the issuer's response cryptogram, and the issuer authentication data (91) with it")
      .requiredOption('--arqc <hex>', 'the cryptogram that is answered, 8 bytes (9F26)')
      .option('--arc <code>', 'authorization response code, two characters (00): method 1')
      .option('--csu <hex>', 'card status update, 4 bytes: method 2')
      .option('--proprietary <hex>', 'proprietary authentication data of method 2, up to 8 bytes'),
  )
    .option('--json', 'print it as JSON')
    .addHelpText(
      'after',
      `
Examples:
  yongtap cryptogram arpc --session-key D4102725E6E5AD329E55AAB50BF23DA9 --arqc 5D016C91005E7CC2 --arc 00
  yongtap cryptogram arpc --card-key 154E349D8485CA7E6A0798E9839B10C1 --atc 001C --session common --arqc 7A788EA6B8A3E733 --csu 00000000 --json`,
    )
    .action(respond);
}

async function respond(options: ArpcOptions): Promise<void> {
  const [{ arpc, concat, fromAscii, toHex }, { readHex, readHexIfGiven }, { sessionKeyOf }, print] = await Promise.all([
    import('../../../../emv/index.js'),
    import('../../cryptogram/read-hex.js'),
    import('../../cryptogram/session-key.js'),
    import('../../cryptogram/print-values.js'),
  ]);
  const { CommandError } = await import('../../exit-codes.js');
  const common = { algorithm: options.algorithm, key: sessionKeyOf(options), arqc: readHex('--arqc', options.arqc) };
  const csu = readHexIfGiven('--csu', options.csu);
  const proprietary = readHexIfGiven('--proprietary', options.proprietary);
  if ((options.arc === undefined) === (csu === undefined)) {
    throw new CommandError('wrong-use', 'one of --arc (method 1) and --csu (method 2) is wanted');
  }
  const arc = fromAscii(options.arc ?? '');
  const cryptogram = arpc(
    csu === undefined ? { method: '1', ...common, arc } : { method: '2', ...common, csu, proprietary },
  );
  const tail = csu === undefined ? arc : concat(csu, proprietary ?? new Uint8Array(0));
  print.printValues(
    [
      ['response cryptogram', 'arpc', toHex(cryptogram)],
      ['issuer authentication data', 'issuerAuthenticationData', toHex(concat(cryptogram, tail))],
    ],
    options,
  );
}
