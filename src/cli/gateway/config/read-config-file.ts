import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import { issueText } from '../../../../emv/schema-issues.js';
import { CommandError } from '../../exit-codes.js';
import { namePath } from '../../name-path.js';
import { isFareFile } from '../load-fare-source.js';
import type { ConfigOption } from './config-option.js';
import { type GatewayOptionName, isOptionName, optionNames, optionOf } from './gateway-options.js';

export interface FileValue {
  readonly value: unknown;
  /** From 1. */
  readonly line: number;
}

export interface ConfigFile {
  readonly values: ReadonlyMap<GatewayOptionName, FileValue>;
  /** Everything that is wrong, each with its line. */
  readonly errors: readonly string[];
}

/** What follows is mostly of the first ones’ making, and of what is no YAML at all it would be thousands. */
const SYNTAX_ERRORS_MAX = 10;

/** A gateway's configuration file (YAML or JSON). Throws CommandError where it cannot be read at all. */
export async function readConfigFile(path: string): Promise<ConfigFile> {
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    namePath(error, path);
    throw new CommandError('config-unreadable', error.message);
  });
  return parseConfigFile(text, path);
}

/** The options as the text writes them, paths resolved; `path` is the file's name. */
export function parseConfigFile(text: string, path: string): ConfigFile {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  const at = (line: number, message: string) => `${path}, line ${line}: ${message}`;
  if (document.errors.length > 0) {
    const told = document.errors.slice(0, SYNTAX_ERRORS_MAX);
    const errors = told.map(({ pos, message }) => at(lineCounter.linePos(pos[0]).line, message));
    return { values: new Map(), errors };
  }
  const whole = toValue(document);
  if (typeof whole === 'string') return { values: new Map(), errors: [at(1, whole)] };
  const values = new Map<GatewayOptionName, FileValue>();
  const errors: string[] = [];
  for (const [name, value] of Object.entries(whole)) {
    const line = lineOf(document, [name], lineCounter);
    if (!isOptionName(name) || optionOf(name).notInFile) {
      const known = optionNames.filter((each) => !optionOf(each).notInFile);
      errors.push(at(line, `there is no option ${name}; known: ${known.join(', ')}`));
      continue;
    }
    const parsed = optionOf(name).schema.safeParse(value);
    if (parsed.success) values.set(name, { value: withPaths(optionOf(name), parsed.data, dirname(path)), line });
    for (const issue of parsed.success ? [] : parsed.error.issues) {
      const place = [name, ...issue.path];
      errors.push(at(lineOf(document, place, lineCounter), issueText(whole, { ...issue, path: place }, 'the file')));
    }
  }
  return { values, errors };
}

/** A text says what is wrong with the whole. */
function toValue(document: Document): object | string {
  try {
    const value: unknown = document.toJS() ?? {};
    return typeof value === 'object' && !Array.isArray(value) ? (value as object) : 'the file must hold options';
  } catch (wrongAlias) {
    return wrongAlias instanceof Error ? wrongAlias.message : 'an alias that leads nowhere';
  }
}

/** Where a field begins, as far as it is there. */
function lineOf(document: Document, place: readonly PropertyKey[], lineCounter: LineCounter): number {
  for (let length = place.length; length > 0; length--) {
    const node = document.getIn(place.slice(0, length), true);
    if (isNode(node) && node.range) return lineCounter.linePos(node.range[0]).line;
  }
  return 1;
}

function withPaths({ path }: ConfigOption, value: unknown, folder: string): unknown {
  if (path === undefined) return value;
  if (Array.isArray(value)) return value.map((each) => withPaths({ path } as ConfigOption, each, folder));
  return path !== 'fare' || isFareFile(value as string) ? resolve(folder, value as string) : value;
}
