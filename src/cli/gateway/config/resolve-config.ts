import { CommandError } from '../../exit-codes.js';
import { type ConfigOption, environmentName, flagName } from './config-option.js';
import { type GatewayConfig, type GatewayOptionName, optionNames, optionOf } from './gateway-options.js';
import { readConfigFile } from './read-config-file.js';

export type ConfigSource = 'default' | 'file' | 'environment' | 'command line' | 'not set';

/** A value in force, and who said so. */
export interface ResolvedOption {
  readonly name: GatewayOptionName;
  readonly value: unknown;
  readonly source: ConfigSource;
  /** The file with its line, the name of the variable, or the flag. */
  readonly place?: string;
}

export interface ConfigInput {
  /** As commander has them: by name, texts unless they are flags or lists. */
  readonly given: Readonly<Record<string, unknown>>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The path of a configuration file. */
  readonly file?: string | undefined;
}

export interface ResolvedConfig {
  readonly config: GatewayConfig;
  readonly options: readonly ResolvedOption[];
}

/**
 * All options in force: the command line goes before the environment, this before the file, the file before defaults.
 * Throws CommandError `config-invalid` that names everything that is wrong, and `config-unreadable`.
 */
export async function resolveConfig({ given, environment, file }: ConfigInput): Promise<ResolvedConfig> {
  const path = file ?? environment.YONGTAP_CONFIG;
  const { values, errors: fileErrors } = path ? await readConfigFile(path) : { values: new Map(), errors: [] };
  const errors = [...fileErrors];
  const options = optionNames.map((name): ResolvedOption => {
    const row = optionOf(name);
    const variable = environmentName(name);
    const first = (
      [
        [row.flags === undefined ? undefined : given[name], 'command line', flagName(name)],
        [said(row, environment[variable]), 'environment', variable],
      ] as const
    ).find(([value]) => value !== undefined);
    if (first) {
      const [text, source, place] = first;
      const parsed = row.schema.safeParse(fromText(row, text));
      if (parsed.success) return { name, value: parsed.data, source, place };
      errors.push(
        ...(objectionToText(row, text) ?? parsed.error.issues.map(({ message }) => message)).map(
          (message) => `${place}: ${message}`,
        ),
      );
    }
    const inFile = values.get(name);
    if (inFile) return { name, value: inFile.value, source: 'file', place: `${path}, line ${inFile.line}` };
    return { name, value: row.default, source: row.default === undefined ? 'not set' : 'default' };
  });
  if (errors.length > 0) throw configInvalid(errors);
  const set = options.filter(({ value }) => value !== undefined).map(({ name, value }) => [name, value]);
  return { config: Object.fromEntries(set) as GatewayConfig, options };
}

/** Everything that is wrong, a line each. */
export const configInvalid = (errors: readonly string[]): CommandError =>
  new CommandError('config-invalid', errors.join('\n'), undefined, HINT);

const HINT = 'yongtap gateway --help tells every option, yongtap config what is in force and who said so.';

/** A variable that is empty says nothing, but where that would be taken for none by mistake. */
const said = ({ mustNotBeEmpty }: ConfigOption, text: string | undefined): string | undefined =>
  text === '' && !mustNotBeEmpty ? undefined : text;

/** A text that means nothing by the kind of its option, in words of the command line. */
function objectionToText(row: ConfigOption, text: unknown): readonly string[] | undefined {
  if (row.secret || typeof fromText(row, text) !== 'string') return undefined;
  if (row.kind === 'number') return [`${JSON.stringify(text)} is no number`];
  return row.kind === 'boolean' ? [`${JSON.stringify(text)} is neither true nor false`] : undefined;
}

/** What a text means by the kind of its option; one that means nothing is left as it is, for the schema to refuse. */
function fromText({ kind }: ConfigOption, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (kind === 'number') return /^-?\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : value;
  if (kind === 'list') return value.split(',').map((each) => each.trim());
  if (kind !== 'boolean') return value;
  if (/^(true|yes|on|1)$/i.test(value)) return true;
  return /^(false|no|off|0)$/i.test(value) ? false : value;
}
