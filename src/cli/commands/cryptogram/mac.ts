import { Command } from 'commander';
import { addSessionKey, type SessionKeyOptions } from '../../cryptogram/session-key-options.js';

interface MacOptions extends SessionKeyOptions {
  readonly command?: string;
  readonly arqc?: string;
  readonly data?: string;
  readonly json?: boolean;
}

const HEADER_LENGTH = 4;

export function macCommand(): Command {
  return addSessionKey(
    new Command('mac')
      .description('the MAC of an issuer script command, or of any data, 4 bytes; keys are those for MACs')
      .option('--command <hex>', 'CLA INS P1 P2 and the data, without Lc and MAC; with --atc and --arqc')
      .option('--arqc <hex>', "the request's cryptogram (9F26)")
      .option('--data <hex>', 'any data, instead of --command'),
  )
    .option('--json', 'print it as JSON')
    .addHelpText(
      'after',
      `
Examples:
  yongtap cryptogram mac --session-key 7E4FB244A76D4DC23F773F939DB4D299 --command 841E0000 --atc 0001 --arqc 0BE8B0CC2C19D0F1
  yongtap cryptogram mac --session-key 7E4FB244A76D4DC23F773F939DB4D299 --data 0001000001000000 --json`,
    )
    .action(authenticate);
}

async function authenticate(options: MacOptions): Promise<void> {
  const [{ concat, messageAuthenticationCode, scriptMac, toHex }, { readHex, required }, { sessionKeyOf }, print] =
    await Promise.all([
      import('../../../../emv/index.js'),
      import('../../cryptogram/read-hex.js'),
      import('../../cryptogram/session-key.js'),
      import('../../cryptogram/print-values.js'),
    ]);
  const { CommandError } = await import('../../exit-codes.js');
  if ((options.command === undefined) === (options.data === undefined)) {
    throw new CommandError('wrong-use', 'one of --command and --data is wanted');
  }
  const { algorithm } = options;
  const key = sessionKeyOf(options);
  if (options.data !== undefined) {
    const mac = messageAuthenticationCode({ algorithm, key, data: readHex('--data', options.data) });
    print.printValues([['mac', 'mac', toHex(mac)]], options);
    return;
  }
  const command = readHex('--command', options.command!);
  const [header, data] = [command.subarray(0, HEADER_LENGTH), command.subarray(HEADER_LENGTH)];
  const mac = scriptMac({
    algorithm,
    key,
    header,
    data,
    atc: readHex('--atc', required('--atc', options.atc)),
    applicationCryptogram: readHex('--arqc', required('--arqc', options.arqc)),
  });
  print.printValues(
    [
      ['mac', 'mac', toHex(mac)],
      ['command', 'command', toHex(concat(header, Uint8Array.of(data.length + mac.length), data, mac))],
    ],
    options,
  );
}
