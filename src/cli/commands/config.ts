import { Command } from 'commander';
import { coloursFor } from '../colours.js';
import { addGatewayOptions } from '../gateway/config/add-options.js';

export function configCommand(): Command {
  const command = new Command('config').description(
    'the whole configuration of a gateway, and where each value comes from',
  );
  return addGatewayOptions(command)
    .option('--json', 'print it as JSON')
    .addCommand(schemaCommand())
    .addHelpText(
      'after',
      `
Examples:
  yongtap config
  yongtap config --config gateway.yaml --port 9000 --json
  yongtap config schema

The command line goes before the environment (YONGTAP_PORT, YONGTAP_LOG_LEVEL, …), this before the file, the file
before what is built in. Everything that is wrong is told at once, files that are not there included; secrets are
not shown.`,
    )
    .action(show);
}

function schemaCommand(): Command {
  return new Command('schema')
    .description('JSON Schema of the configuration file, for editors')
    .addHelpText('after', '\nExamples:\n  yongtap config schema > gateway.schema.json')
    .action(async () => {
      const { configJsonSchema } = await import('../gateway/config/config-schema.js');
      console.log(JSON.stringify(configJsonSchema(), undefined, 2));
    });
}

async function show({ config: file, json, ...given }: { config?: string; json?: boolean }): Promise<void> {
  const [{ resolveConfig, configInvalid }, { unreadableFiles }, { maskSecret }, { optionOf }] = await Promise.all([
    import('../gateway/config/resolve-config.js'),
    import('../gateway/config/unreadable-files.js'),
    import('../gateway/config/mask-secret.js'),
    import('../gateway/config/gateway-options.js'),
  ]);
  const { config, options } = await resolveConfig({ given, environment: process.env, file });
  const unreadable = await unreadableFiles(options);
  if (unreadable.length > 0) throw configInvalid(unreadable);
  const shown = options.map((each) => ({ ...each, value: maskSecret(optionOf(each.name), each.value) }));
  if (json) {
    console.log(
      JSON.stringify(
        shown.map(({ value = null, ...rest }) => ({ ...rest, value })),
        undefined,
        2,
      ),
    );
    return;
  }
  const colours = coloursFor(process.stdout);
  const width = Math.max(...shown.map(({ name }) => name.length));
  for (const { name, value, source, place } of shown) {
    const text = value === undefined ? (optionOf(name).defaultText ?? '–') : String(value);
    console.log(`${colours.bold(name.padEnd(width))}  ${text}  ${colours.dim(place ?? source)}`);
  }
  const { clearKeyFiles } = await import('../../gateway/index.js');
  for (const keyFile of await clearKeyFiles({ folder: config.data, issuerKeys: config.issuerKeys })) {
    console.log(colours.yellow(`${keyFile} holds keys in clear: yongtap gateway keys --help`));
  }
}
