import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { CommandError } from '../exit-codes.js';

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

/** A gateway's configuration file (YAML or JSON); a wrong one names the line or the field. */
export async function readConfig(path: string): Promise<GatewayConfig> {
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw new CommandError('config-unreadable', error.message);
  });
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error) {
    throw new CommandError(
      'config-invalid',
      `${path}, line ${error.linePos?.[0].line}: ${error.message.split('\n')[0]}`,
    );
  }
  const parsed = configSchema.safeParse(document.toJS() ?? {});
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new CommandError('config-invalid', `${path}: ${issue?.path.join('.')} ${issue?.message}`.trim());
  }
  const { data, ...config } = parsed.data;
  return { ...config, ...(data !== undefined && { data: resolve(dirname(path), data) }) };
}
