import { randomBytes } from 'node:crypto';
import { createIssuerHost, createTestIssuer, createTestPki, type Issuer } from '../../../simulator/index.js';
import { createLogger } from '../../gateway/index.js';
import { coloursFor } from '../colours.js';
import { CommandError } from '../exit-codes.js';
import { explainStartFailure } from '../gateway/explain-start-failure.js';
import { isLoopback } from '../gateway/is-loopback.js';
import { untilInterrupted } from '../until-interrupted.js';
import { version } from '../version.js';
import { openApiKey } from './api-key.js';
import { createAccountSeal } from './book/account-seal.js';
import { openLibsqlAccountBook } from './book/libsql-account-book.js';
import { holdIssuerFolder, type IssuerFolder } from './hold-issuer-folder.js';
import { issuerSecrets } from './issuer-secrets.js';
import { readIssuerKeys } from './read-issuer-keys.js';
import { startIssuer } from './start-issuer.js';

export interface IssuerOptions {
  readonly port: number;
  readonly host: string;
  readonly data: string;
  readonly keys?: string;
  /** `false`: whoever reaches the port may ask. */
  readonly key: boolean;
  readonly newKey?: boolean;
  /** Fen; what the account of a card begins with that is seen for the first time. */
  readonly openWith: number;
  readonly onlyKnown?: boolean;
  readonly logLevel: string;
  readonly json?: boolean;
}

/** `yongtap issuer`: serves until Ctrl-C. */
export async function runIssuer(options: IssuerOptions): Promise<void> {
  const { data: folder, host: address, port } = options;
  if (!options.key && !isLoopback(address)) {
    const hint = 'Leave out --no-key, or --host.';
    throw new CommandError('key-needed', `without a key only this machine may ask, not ${address}`, undefined, hint);
  }
  const issuer = options.keys === undefined ? createTestIssuer(createTestPki()) : await readIssuerKeys(options.keys);
  const interruption = untilInterrupted();
  let held: IssuerFolder | undefined;
  try {
    held = await holdIssuerFolder(folder);
    await serve(options, { issuer, held, interrupted: interruption.interrupted });
  } catch (error) {
    throw explainStartFailure(error, { port, host: address, dataFolder: folder });
  } finally {
    interruption.dispose();
    held?.release();
  }
}

interface Serving {
  readonly issuer: Issuer;
  readonly held: IssuerFolder;
  readonly interrupted: Promise<unknown>;
}

async function serve(options: IssuerOptions, { issuer, held, interrupted }: Serving): Promise<void> {
  const { data: folder, host: address, port } = options;
  const { book, tokenKey } = await openBook(folder);
  try {
    const apiKey = options.key
      ? await openApiKey(folder, { random: randomBytes, renews: options.newKey ?? false })
      : undefined;
    const server = await startIssuer({
      host: createIssuerHost({
        issuer,
        book,
        tokenKey,
        clock: () => new Date(),
        ...(!options.onlyKnown && { opensWith: { availableFen: options.openWith } }),
      }),
      address,
      port,
      mayAsk: apiKey?.fits,
      makeId: () => `made-${randomBytes(8).toString('hex')}`,
      logger: createLogger(process.stderr, options.logLevel),
      version,
    });
    try {
      await held.tellWhere(server.url);
      tell({ url: server.url, dataFolder: folder, apiKey: apiKey?.made }, options.json ?? false);
      await interrupted;
    } finally {
      await server.close();
    }
  } finally {
    book.close();
  }
}

async function openBook(folder: string) {
  const { tokenKey, sealKey } = await issuerSecrets(folder);
  return { tokenKey, book: openLibsqlAccountBook(folder, createAccountSeal(sealKey, randomBytes)) };
}

function tell(told: { url: string; dataFolder: string; apiKey: string | undefined }, json: boolean): void {
  if (json) {
    console.log(JSON.stringify(told));
    return;
  }
  const { url, dataFolder, apiKey } = told;
  const { bold, green } = coloursFor(process.stdout);
  console.log(`${green('listening')} ${bold(url)}  accounts in ${dataFolder}, the interface at ${url}/openapi.json`);
  if (apiKey !== undefined) console.log(`  API key, shown this once: ${bold(apiKey)}`);
  const key = apiKey === undefined ? '' : ` --issuer-key ${apiKey}`;
  console.log(`  tap: yongtap tap --interface contact --card service-card-51 --amount 200 --issuer ${url}${key}`);
}
