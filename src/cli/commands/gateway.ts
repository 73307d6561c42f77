import { randomBytes } from 'node:crypto';
import { Command, Option } from 'commander';
import { coloursFor } from '../colours.js';
import { parsePort } from '../options/port.js';
import { version } from '../version.js';

interface GatewayCommandOptions {
  readonly port?: number;
  readonly host?: string;
  readonly data?: string;
  readonly database?: string;
  readonly config?: string;
  readonly tariff?: string;
  readonly campaigns?: string[];
  readonly caKeys?: string[];
  readonly testCards?: boolean;
  readonly logLevel?: string;
  readonly json?: boolean;
}

const DEFAULT_PORT = 8051;

export function gatewayCommand(): Command {
  return new Command('gateway')
    .description('take tap records over HTTP, prove them, price them and keep them')
    .option('--port <number>', `TCP port, 0 for any free one (default: ${DEFAULT_PORT})`, parsePort)
    .option('--host <address>', 'address to listen on (default: 127.0.0.1, this machine only)')
    .option('--data <folder>', 'keys and books; made where it is missing (default: ./gateway-data)')
    .addOption(new Option('--database <url>', 'keep the books in PostgreSQL').env('YONGTAP_DATABASE'))
    .option(
      '--config <file>',
      'YAML with these options: port, host, data, database, tariff, campaigns, testCards, logLevel',
    )
    .option('--tariff <id-or-file>', 'tariff (default: ningbo-2015)')
    .option('--campaigns <id-or-file...>', 'sets of campaigns (default: ningbo-2015 ningbo-2016)')
    .option('--test-cards', 'believe the test authority of the software cards (default: on this machine only)')
    .option('--no-test-cards', 'believe cards under UnionPay’s live keys only')
    .option(
      '--ca-keys <file...>',
      'believe cards under the keys of a file too (yongtap keys import --state <data folder> keeps them)',
    )
    .addOption(
      new Option('--log-level <level>', 'of the log on standard error (default: info)').choices([
        'debug',
        'info',
        'warn',
        'error',
        'silent',
      ]),
    )
    .option('--json', 'say where it listens, and the first key, as one line of JSON')
    .addHelpText(
      'after',
      `
Examples:
  yongtap gateway
  yongtap gateway --port 8051 --data ./gateway-data --log-level warn
  yongtap gateway --database postgresql://yongtap:secret@db.example/yongtap --host 0.0.0.0

On an empty folder it makes its keys and its database and prints an administrator's API key, once.
Ctrl-C, or SIGTERM, ends it when the requests under way are answered.`,
    )
    .action(serve);
}

async function serve(given: GatewayCommandOptions): Promise<void> {
  const [
    { createLogger, startGateway },
    { explainStartFailure },
    { isLoopback },
    { loadFareSource },
    { readConfig },
    { loadTrust },
  ] = await Promise.all([
    import('../../gateway/index.js'),
    import('../gateway/explain-start-failure.js'),
    import('../gateway/is-loopback.js'),
    import('../gateway/load-fare-source.js'),
    import('../gateway/read-config.js'),
    import('../trusted-keys.js'),
  ]);
  const { untilInterrupted } = await import('../until-interrupted.js');
  const options = { ...(given.config === undefined ? {} : await readConfig(given.config)), ...given };
  const host = options.host ?? '127.0.0.1';
  const dataFolder = options.data ?? 'gateway-data';
  const port = options.port ?? DEFAULT_PORT;
  const trust = await loadTrust({
    testCards: options.testCards ?? isLoopback(host),
    state: dataFolder,
    files: options.caKeys ?? [],
  });
  const interruption = untilInterrupted();
  const gateway = await startGateway({
    dataFolder,
    databaseUrl: options.database,
    host,
    port,
    clock: () => new Date(),
    random: randomBytes,
    ...trust,
    ...(options.tariff !== undefined && { tariff: await loadFareSource(options.tariff, 'tariff-invalid') }),
    ...(options.campaigns !== undefined && {
      campaigns: await Promise.all(options.campaigns.map((each) => loadFareSource(each, 'campaigns-invalid'))),
    }),
    logger: createLogger(process.stderr, options.logLevel ?? 'info'),
    version,
  }).catch((error: unknown) => {
    throw explainStartFailure(error, { port, host, dataFolder });
  });
  tell(gateway, dataFolder, options.json === true);
  await interruption.interrupted;
  interruption.dispose();
  await gateway.close();
}

function tell(
  { url, administratorKey }: { readonly url: string; readonly administratorKey?: string | undefined },
  dataFolder: string,
  json: boolean,
): void {
  if (json) {
    console.log(JSON.stringify({ url, dataFolder, administratorKey }));
    return;
  }
  const colours = coloursFor(process.stdout);
  console.log(
    `${colours.green('listening')} ${colours.bold(url)}  books in ${dataFolder}, the interface at ${url}/docs`,
  );
  if (administratorKey === undefined) return;
  console.log(`  administrator's API key, shown this once: ${colours.bold(administratorKey)}`);
  console.log(`  tap: yongtap tap --card service-card-51 --post ${url} --key ${administratorKey}`);
}
