import { randomBytes } from 'node:crypto';
import { Command } from 'commander';
import type { KeyStatus, ResealProgress } from '../../gateway/index.js';
import { coloursFor } from '../colours.js';
import { CommandError, exitCodes } from '../exit-codes.js';
import { addBooksOptions, type BooksOptions, booksLocation } from '../gateway/books-options.js';

export function gatewayKeysCommand(): Command {
  return new Command('keys')
    .description('the keys of a gateway: what wraps them, and what is sealed under which')
    .addCommand(statusCommand())
    .addCommand(rotateCommand())
    .addCommand(resealCommand())
    .addCommand(wrapCommand());
}

function statusCommand(): Command {
  return addBooksOptions(new Command('status'))
    .description('under which master key they stand, and which there are')
    .option('--json', 'print it as JSON')
    .addHelpText('after', '\nExamples:\n  yongtap gateway keys status --data ./gateway-data')
    .action(async ({ json, ...options }: BooksOptions & { json?: boolean }) => {
      const { keyStatus } = await import('../../gateway/index.js');
      const { dataFolder, masterKey } = await booksLocation(options);
      tell(await keyStatus({ folder: dataFolder, masterKey }), json);
    });
}

interface RotateOptions extends BooksOptions {
  readonly newMasterKeyFile?: string;
  readonly plain?: boolean;
  readonly dataKey?: boolean;
  readonly json?: boolean;
}

function rotateCommand(): Command {
  return addBooksOptions(new Command('rotate'))
    .description('wrap the keys under another master key, or seal what is new under a new key')
    .option('--new-master-key-file <file>', 'wrap under this one; also YONGTAP_NEW_MASTER_KEY')
    .option('--plain', 'wrap under none')
    .option('--data-key', 'add a key that seals what is new; reseal then does what is old')
    .option('--json', 'print what there is then as JSON')
    .addHelpText(
      'after',
      `
Examples:
  yongtap gateway keys rotate --data ./gateway-data --data-key
  yongtap gateway keys rotate --data ./gateway-data --new-master-key-file master.key

Gateways see it when they are started again. Where several share the books, copy keys.json to each before one of them
is. The key that names cards cannot change: every card would get another name.`,
    )
    .action(rotate);
}

async function rotate(options: RotateOptions): Promise<void> {
  const { newMasterKeyFile, plain, dataKey, json } = options;
  const [{ rotateKeys }, { loadMasterKey }] = await Promise.all([
    import('../../gateway/index.js'),
    import('../gateway/load-master-key.js'),
  ]);
  const fresh = await loadMasterKey({ masterKey: process.env.YONGTAP_NEW_MASTER_KEY, masterKeyFile: newMasterKeyFile });
  const newMasterKey = plain ? 'plain' : fresh;
  if (newMasterKey === undefined && !dataKey) {
    throw new CommandError('rotation-unclear', 'what is to change? --new-master-key-file, --plain or --data-key');
  }
  const { dataFolder, masterKey } = await booksLocation(options);
  const status = await rotateKeys({
    folder: dataFolder,
    masterKey,
    newMasterKey,
    newDataKey: dataKey,
    random: randomBytes,
  });
  tell(status, json);
  if (dataKey && !json) console.log('start every gateway anew, and then: yongtap gateway keys reseal');
}

function resealCommand(): Command {
  return addBooksOptions(new Command('reseal'))
    .description('seal what is stored under the newest key, while gateways run that were started since it was added')
    .option('--json', 'print what was done as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  yongtap gateway keys reseal --data ./gateway-data\n\nA gateway that runs since before the newest key was added cannot read what is sealed anew until it is started again.',
    )
    .action(async ({ json, ...options }: BooksOptions & { json?: boolean }) => {
      const { resealBooks } = await import('../../gateway/index.js');
      const isShown = process.stderr.isTTY && !json;
      const progress = ({ table, looked, resealed }: ResealProgress) => {
        if (isShown) process.stderr.write(`\r${table}: ${looked} looked at, ${resealed} sealed anew `);
      };
      const done = await resealBooks(await booksLocation(options), { random: randomBytes, progress });
      if (isShown) process.stderr.write('\n');
      if (json) console.log(JSON.stringify(done, undefined, 2));
      else
        for (const { table, looked, resealed } of done) console.log(`${table}: ${resealed} of ${looked} sealed anew`);
      tellDamaged(done.flatMap(({ damaged }) => damaged));
    });
}

/** Keys are kept as they are, so that what is put back from a copy opens still. */
function tellDamaged(damaged: readonly string[]): void {
  if (damaged.length === 0) return;
  for (const place of damaged) console.error(`damaged: ${place}`);
  const message = `${damaged.length} records open under no key and stay as they are; all others are under the newest`;
  throw new CommandError('reseal-incomplete', message, exitCodes.no, 'put them back from a backup, and reseal again');
}

interface WrapOptions extends BooksOptions {
  readonly newMasterKeyFile?: string;
  readonly plain?: boolean;
  readonly json?: boolean;
}

function wrapCommand(): Command {
  return addBooksOptions(new Command('wrap'))
    .argument('<file>', 'a file of issuers’ keys, in clear or wrapped')
    .description('wrap a file of issuers’ keys under the master key, in its place')
    .option('--new-master-key-file <file>', 'wrap under this one instead; also YONGTAP_NEW_MASTER_KEY')
    .option('--plain', 'put it back in clear')
    .option('--json', 'print what it is then as JSON')
    .addHelpText(
      'after',
      `
Examples:
  yongtap gateway keys wrap issuer.keys --master-key-file master.key
  yongtap gateway keys wrap issuer.keys --master-key-file master.key --new-master-key-file next.key

A gateway that has the master key reads the file as it read the one in clear.`,
    )
    .action(wrap);
}

async function wrap(path: string, options: WrapOptions): Promise<void> {
  const { newMasterKeyFile, plain, json } = options;
  const [
    { masterKeyId, unwrapText, wrapText },
    { issuerKeysIn },
    { loadMasterKey },
    { readNamedFile },
    { writeWhole },
  ] = await Promise.all([
    import('../../gateway/index.js'),
    import('../gateway/load-issuer-keys.js'),
    import('../gateway/load-master-key.js'),
    import('../read-named-file.js'),
    import('../write-whole.js'),
  ]);
  const { masterKey } = await booksLocation(options);
  const fresh = await loadMasterKey({ masterKey: process.env.YONGTAP_NEW_MASTER_KEY, masterKeyFile: newMasterKeyFile });
  const master = plain ? undefined : (fresh ?? masterKey);
  if (!plain && master === undefined) {
    throw new CommandError('rotation-unclear', 'under which master key? --master-key-file, or --plain for none');
  }
  const given = Buffer.from(await readNamedFile(path)).toString('utf8');
  // What is no file of keys is not made unreadable.
  issuerKeysIn(given, path, masterKey);
  const text = unwrapText(given, path, masterKey);
  await writeWhole(path, master ? wrapText(text, master, randomBytes) : text, 0o600);
  const under = master && masterKeyId(master);
  if (json) console.log(JSON.stringify({ file: path, masterKey: under ?? null }));
  else console.log(`${path}  ${under ? `wrapped under ${under}` : 'in clear'}`);
}

function tell(status: KeyStatus, json: boolean | undefined): void {
  if (json) {
    console.log(JSON.stringify(status, undefined, 2));
    return;
  }
  const colours = coloursFor(process.stdout);
  const { file, masterKey, dataKeys } = status;
  console.log(`${colours.bold(file)}  ${masterKey ? `wrapped under ${masterKey}` : colours.yellow('in clear')}`);
  console.log(`data keys: ${dataKeys.join(', ')}; ${dataKeys.at(-1)} seals what is new`);
}
