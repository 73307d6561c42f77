import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { Command } from 'commander';
import { coloursFor } from '../colours.js';
import { addGatewayOptions } from '../gateway/config/add-options.js';
import { version } from '../version.js';
import { backupCommand } from './gateway/backup.js';
import { restoreCommand } from './gateway/restore.js';
import { gatewayKeysCommand } from './gateway-keys.js';

/** Beyond that the books have more than enough to do. */
const THREADS_MAX = 4;

const DAY_SECONDS = 86_400;

export function gatewayCommand(): Command {
  const command = new Command('gateway').description(
    'take tap records over HTTP, prove them, price them and keep them',
  );
  return addGatewayOptions(command)
    .option('--json', 'say where it listens, and the first key, as one line of JSON')
    .addHelpText(
      'after',
      `
Examples:
  yongtap gateway
  yongtap gateway --port 8051 --data ./gateway-data --log-level warn
  yongtap gateway --database postgresql://yongtap:secret@db.example/yongtap
  yongtap gateway --host 0.0.0.0 --tls-cert gateway.pem --tls-key gateway.key

On an empty folder it makes its keys and its database and prints an administrator's API key, once.
Ctrl-C, or SIGTERM, ends it when the requests under way are answered.`,
    )
    .enablePositionalOptions()
    .addCommand(backupCommand())
    .addCommand(restoreCommand())
    .addCommand(gatewayKeysCommand())
    .action(serve);
}

type Given = Readonly<Record<string, unknown>> & { readonly config?: string; readonly json?: boolean };

async function serve({ config: file, json, ...given }: Given): Promise<void> {
  const [
    { clearKeyFiles, createLogger, startGateway },
    { resolveConfig },
    { explainStartFailure },
    { networkOptions },
    { isLoopback },
    { loadAuthorities },
    { loadFareSource, loadTariffSources },
    { loadIssuerKeys },
    { loadMasterKey },
    { messageEndpoint },
    { loadTrust },
  ] = await Promise.all([
    import('../../gateway/index.js'),
    import('../gateway/config/resolve-config.js'),
    import('../gateway/explain-start-failure.js'),
    import('../gateway/network-options.js'),
    import('../gateway/is-loopback.js'),
    import('../gateway/load-authorities.js'),
    import('../gateway/load-fare-source.js'),
    import('../gateway/load-issuer-keys.js'),
    import('../gateway/load-master-key.js'),
    import('../gateway/message-endpoint.js'),
    import('../trusted-keys.js'),
  ]);
  const { untilInterrupted } = await import('../until-interrupted.js');
  const { config } = await resolveConfig({ given, environment: process.env, file });
  const { host, port, data: dataFolder } = config;
  const network = networkOptions(config);
  const refuse = (error: unknown): never => {
    throw explainStartFailure(error, { port, host, dataFolder, inbox: config.inbox });
  };
  const trust = await loadTrust({
    testCards: config.testCards ?? (config.sandbox || isLoopback(host)),
    state: dataFolder,
    files: config.caKeys ?? [],
  }).catch(refuse);
  const logger = createLogger(process.stderr, config.logLevel);
  const interruption = untilInterrupted();
  const masterKey = await loadMasterKey(config);
  const issuerKeys = await loadIssuerKeys(config.issuerKeys, masterKey);
  const threads = config.threads ?? Math.min(THREADS_MAX, availableParallelism() - 1);
  const gateway = await startGateway({
    dataFolder,
    databaseUrl: config.database,
    asideThread: 'own',
    examinerThreads: threads,
    keeperThread: threads > 0 ? 'own' : 'caller',
    inbox: config.inbox,
    masterKey,
    sandbox: config.sandbox,
    port,
    ...network,
    clock: () => new Date(),
    random: randomBytes,
    ...trust,
    issuerKeys: issuerKeys.keys,
    tariff: await loadTariffSources([config.tariff].flat()),
    campaigns: await Promise.all(config.campaigns.map((each) => loadFareSource(each, 'campaigns'))),
    policy: await loadFareSource(config.membershipPolicy, 'membershipPolicy'),
    cardPolicy: await loadFareSource(config.cardPolicy, 'cardPolicy'),
    collectionPolicy: await loadFareSource(config.collectionPolicy, 'collectionPolicy'),
    loans: await loadFareSource(config.loanPolicy, 'loanPolicy'),
    benefitLists: await loadFareSource(config.benefitLists, 'benefitLists'),
    privateWebhooks: config.privateWebhooks,
    webhookAuthorities: await loadAuthorities(config.webhookCa),
    messages: messageEndpoint(config),
    telemetry: {
      endpoint: config.telemetryEndpoint ?? process.env.OTEL_EXPORTER_OTLP_ENDPOINT,
      sampleRatio: config.telemetrySample,
      serviceName: process.env.OTEL_SERVICE_NAME,
    },
    lists: {
      denySeconds: config.denyListSeconds,
      othersSeconds: config.listSeconds,
      validSeconds: config.listValidDays * DAY_SECONDS,
      debtFen: config.debtLimitFen,
    },
    logger,
    version,
  }).catch(refuse);
  for (const keyFile of await clearKeyFiles({ folder: dataFolder, issuerKeys: config.issuerKeys })) {
    // Whoever tries it out on this machine need not be warned.
    const isTrial = isLoopback(host) && !network.tls && !network.isBehindProxy && config.issuerKeys === undefined;
    logger[isTrial ? 'info' : 'warn']({ keyFile }, 'keys-in-clear');
  }
  tell(gateway, dataFolder, json === true);
  const reload = async () => {
    for (const [what, read] of [
      ['certificates', gateway.reloadTls],
      ['issuers’ keys', issuerKeys.reload],
    ] as const) {
      try {
        await read();
        logger.info(`${what} read again`);
      } catch (error) {
        logger.error({ err: error }, `${what} not read again`);
      }
    }
  };
  process.on('SIGHUP', reload);
  await interruption.interrupted;
  process.off('SIGHUP', reload);
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
