import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { issueText } from '../../../emv/schema-issues.js';
import { CommandError } from '../exit-codes.js';
import { isFareFile } from './load-fare-source.js';

const configSchema = z.strictObject({
  port: z.int().min(0).max(65_535).optional(),
  host: z.string().optional(),
  /** Relative to the configuration file, as is every path in it. */
  data: z.string().optional(),
  database: z.string().optional(),
  /** The id of a tariff in the box, or a file. */
  tariff: z.string().optional(),
  /** Ids of campaign sets in the box, or files. */
  campaigns: z.array(z.string()).optional(),
  testCards: z.boolean().optional(),
  logLevel: z.enum(['debug', 'info', 'warn', 'error', 'silent']).optional(),
});

export type GatewayConfig = z.infer<typeof configSchema>;

/** A gateway's configuration file (YAML or JSON); a wrong one names line and field. Throws {@link CommandError}. */
export async function readConfig(path: string): Promise<GatewayConfig> {
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw new CommandError('config-unreadable', error.message);
  });
  return withPaths(parseConfig(text, path), dirname(path));
}

/** The options as the text writes them; `path` is the file's name for what is wrong with it. */
export function parseConfig(text: string, path: string): GatewayConfig {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  const [error] = document.errors;
  if (error) throw invalid(path, lineCounter.linePos(error.pos[0]).line, error.message);
  const value = toValue(document, path) ?? {};
  const parsed = configSchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const { path: field } = issue!;
    const isUnknown = issue!.code === 'unrecognized_keys';
    const place = isUnknown ? [...field, issue.keys[0]!] : field;
    throw invalid(
      path,
      lineOf(document, place, lineCounter),
      isUnknown
        ? `there is no option ${place.join('.')}; known: ${Object.keys(configSchema.shape).join(', ')}`
        : issueText(value, issue!, 'the file'),
    );
  }
  return parsed.data;
}

function toValue(document: Document, path: string): unknown {
  try {
    return document.toJS();
  } catch (wrongAlias) {
    throw invalid(path, 1, wrongAlias instanceof Error ? wrongAlias.message : 'an alias that leads nowhere');
  }
}

const invalid = (path: string, line: number, message: string): CommandError =>
  new CommandError('config-invalid', `${path}, line ${line}: ${message}`);

/** Where a field begins, as far as it is there. */
function lineOf(document: Document, place: readonly PropertyKey[], lineCounter: LineCounter): number {
  for (let length = place.length; length > 0; length--) {
    const node = document.getIn(place.slice(0, length), true);
    if (isNode(node) && node.range) return lineCounter.linePos(node.range[0]).line;
  }
  return 1;
}

function withPaths({ data, tariff, campaigns, ...config }: GatewayConfig, folder: string): GatewayConfig {
  const fareSource = (idOrFile: string) => (isFareFile(idOrFile) ? resolve(folder, idOrFile) : idOrFile);
  return {
    ...config,
    ...(data !== undefined && { data: resolve(folder, data) }),
    ...(tariff !== undefined && { tariff: fareSource(tariff) }),
    ...(campaigns !== undefined && { campaigns: campaigns.map(fareSource) }),
  };
}
