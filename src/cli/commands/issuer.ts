import { Command, Option } from 'commander';
import type { IssuerOptions } from '../issuer/run-issuer.js';
import { parsePort } from '../options/port.js';
import { parseYuan } from '../options/yuan.js';

const DEFAULT_PORT = 8052;

export function issuerCommand(): Command {
  return new Command('issuer')
    .description('answer authorization requests over HTTP as the bank of the software cards: ARPC, scripts, loads')
    .option('--port <number>', 'TCP port, 0 for any free one', parsePort, DEFAULT_PORT)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--data <folder>', 'key and accounts; made where it is missing', './issuer-data')
    .option('--keys <file>', 'master keys of your own, YAML or JSON (default: those of the software cards)')
    .addOption(
      new Option('--open-with <yuan>', 'what the account of a card has that is seen for the first time')
        .argParser(parseYuan)
        .default(1_000_000, '10000'),
    )
    .option('--only-known', 'decline cards without an account, instead of opening one')
    .option('--no-key', 'ask for no API key; on this machine only')
    .option('--new-key', 'make another API key, and forget the one before')
    .addOption(
      new Option('--log-level <level>', 'of the log on standard error')
        .choices(['debug', 'info', 'warn', 'error', 'silent'])
        .default('info'),
    )
    .option('--json', 'say where it listens, and the key, as one line of JSON')
    .addHelpText(
      'after',
      `
Examples:
  yongtap issuer
  yongtap issuer --port 8052 --no-key --log-level warn
  yongtap issuer --keys my-bank.yaml --data ./my-bank --only-known
  yongtap tap --interface contact --card service-card-51 --type load --amount 50 --pin 123456 --issuer http://127.0.0.1:8052

On an empty folder it makes an API key and prints it, once. Ctrl-C, or SIGTERM, ends it when the requests under way
are answered. The interface is told at /openapi.json.`,
    )
    .action(async (options: IssuerOptions) => {
      const { runIssuer } = await import('../issuer/run-issuer.js');
      await runIssuer(options);
    });
}
