import { readFile } from 'node:fs/promises';
import { Argument, Command, Option } from 'commander';
import { type ListKind, listKinds } from '../../../lists/list-kinds.js';
import { coloursFor } from '../../colours.js';
import { CommandError, exitCodes } from '../../exit-codes.js';
import { askGateway } from '../../gateway/ask-gateway.js';
import { namePath } from '../../name-path.js';
import { parseUrl } from '../../options/url.js';

interface PublishOptions {
  readonly post: string;
  readonly key: string;
  readonly parameters?: string;
  readonly json?: boolean;
}

interface Publication {
  readonly kind: ListKind;
  readonly version: number;
  readonly published: boolean;
  readonly entries: number;
  readonly unnamed: number;
}

export function publishCommand(): Command {
  return new Command('publish')
    .description('let a gateway make lists from its books now, and publish those that say anything new')
    .addArgument(new Argument('[list...]', 'which (default: all)').choices(listKinds))
    .requiredOption('--post <url>', 'the gateway', parseUrl)
    .addOption(new Option('--key <key>', 'an administrator’s API key').env('YONGTAP_KEY').makeOptionMandatory())
    .option('--parameters <file>', 'JSON: the parameters that take the place of all before')
    .option('--json', 'print what was published as JSON')
    .addHelpText(
      'after',
      `
Examples:
  yongtap lists publish --post http://127.0.0.1:8051 --key $YONGTAP_KEY
  yongtap lists publish deny members --post http://127.0.0.1:8051 --key $YONGTAP_KEY

A gateway publishes by itself too, the deny list within seconds.`,
    )
    .action(publish);
}

async function publish(kinds: readonly ListKind[], options: PublishOptions): Promise<void> {
  const { json, parameters } = options;
  const given = parameters === undefined ? undefined : await readParameters(parameters);
  const wanted = kinds.length > 0 ? kinds : listKinds;
  const published: Publication[] = [];
  for (const kind of wanted) published.push(await publishOne(kind, given, options));
  if (json) {
    console.log(JSON.stringify(published, undefined, 2));
    return;
  }
  const colours = coloursFor(process.stdout);
  for (const { entries, kind, published: isNew, unnamed, version } of published) {
    const what = isNew ? colours.green(`version ${version}`) : `version ${version} ${colours.dim('(nothing new)')}`;
    const lacking = unnamed > 0 ? colours.red(`, ${unnamed} without a name: import them once more`) : '';
    console.log(`${kind.padEnd(12)} ${what}, ${entries} on it${lacking}`);
  }
}

async function publishOne(kind: ListKind, parameters: unknown, { key, post }: PublishOptions): Promise<Publication> {
  const answer = await askGateway(post, `v1/lists/${kind}/publications`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(kind === 'parameters' && parameters !== undefined ? { parameters } : {}),
  });
  const body = (await answer.json().catch(() => ({}))) as Publication & { code?: string; title?: string };
  if (answer.ok) return body;
  const message = `${kind}: ${body.title ?? `the gateway answered ${answer.status}`}`;
  throw new CommandError(body.code ?? 'gateway-refused', message, exitCodes.no);
}

async function readParameters(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    namePath(error, path);
    throw new CommandError('file-unreadable', error.message);
  });
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CommandError('parameters-not-json', `${path}: ${(error as Error).message}`);
  }
}
