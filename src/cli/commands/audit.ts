import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Command } from 'commander';
import type { AuditHead, AuditRecord, SignedHead } from '../../gateway/index.js';
import { coloursFor } from '../colours.js';
import { CommandError, exitCodes } from '../exit-codes.js';
import { addBooksOptions, type BooksOptions, booksLocation } from '../gateway/books-options.js';

export function auditCommand(): Command {
  return new Command('audit')
    .description('who changed what in a gateway’s books, as a chain of hashes')
    .addCommand(verifyCommand())
    .addCommand(exportCommand())
    .addCommand(headCommand());
}

function verifyCommand(): Command {
  return addBooksOptions(new Command('verify'))
    .description('follow the chain from its first record, and name the first that is not as it was written')
    .option('--file <file>', 'a file that yongtap audit export wrote, in place of the books')
    .option('--head <file...>', 'heads that were kept: the chain must reach them')
    .option('--json', 'print the answer as JSON')
    .addHelpText(
      'after',
      `
Examples:
  yongtap audit verify --data ./gateway-data
  yongtap audit verify --file audit.ndjson --head head.json

A chain that was cut off, or written anew, is whole in itself: only a head that was kept elsewhere tells it.`,
    )
    .action(verify);
}

function exportCommand(): Command {
  return addBooksOptions(new Command('export'))
    .description('all records, one JSON document a line')
    .addHelpText('after', '\nExamples:\n  yongtap audit export --data ./gateway-data > audit.ndjson')
    .action(async (options: BooksOptions) => {
      const audit = await open(options);
      try {
        for await (const record of audit.records()) process.stdout.write(`${JSON.stringify(record)}\n`);
      } finally {
        await audit.close();
      }
    });
}

function headCommand(): Command {
  return addBooksOptions(new Command('head'))
    .description('where the chain ends, signed: keep it away from the books')
    .addHelpText('after', '\nExamples:\n  yongtap audit head --data ./gateway-data > head.json')
    .action(async (options: BooksOptions) => {
      const audit = await open(options);
      try {
        console.log(JSON.stringify(await audit.head()));
      } finally {
        await audit.close();
      }
    });
}

async function open(options: BooksOptions) {
  const { openAuditOfBooks } = await import('../../gateway/index.js');
  return openAuditOfBooks(await booksLocation(options), { clock: () => new Date(), random: randomBytes });
}

interface VerifyOptions extends BooksOptions {
  readonly file?: string;
  readonly head?: readonly string[];
  readonly json?: boolean;
}

async function verify({ file, head = [], json, ...books }: VerifyOptions): Promise<void> {
  const heads = await Promise.all(head.map(readHead));
  const verdict = file === undefined ? await verifyBooks(books, heads) : await verifyFile(file, heads);
  if (json) console.log(JSON.stringify(verdict, undefined, 2));
  const colours = coloursFor(process.stdout);
  if (!verdict.ok) {
    const message = `record ${verdict.sequence} is not as it was written`;
    if (json) process.exitCode = exitCodes.no;
    else throw new CommandError(verdict.fault, message, exitCodes.no);
    return;
  }
  if (json) return;
  const { records, head: end, unfinished } = verdict;
  console.log(`${colours.green('whole')} ${records} ${records === 1 ? 'record' : 'records'}, ends in ${end.hash}`);
  if (!unfinished) return;
  const { count, first } = unfinished;
  console.log(`${colours.yellow('begun')} and not done: ${count}; look whether it happened (docs/security.md)`);
  for (const { sequence, at, operation, actor, parameters } of first) {
    console.log(`  ${sequence} ${at} ${operation} ${JSON.stringify(parameters)} by ${actor}`);
  }
}

async function verifyBooks(books: BooksOptions, heads: readonly SignedHead[]) {
  const audit = await open(books);
  try {
    const other = heads.find(({ publicKey }) => publicKey !== audit.publicKey);
    if (other)
      throw new CommandError('head-not-signed', `a head was signed by ${other.publicKey}, not by this gateway`);
    return await audit.verify(heads);
  } finally {
    await audit.close();
  }
}

async function verifyFile(file: string, heads: readonly AuditHead[]) {
  const { readAuditLine, verifyChain } = await import('../../gateway/index.js');
  return verifyChain(recordsIn(file, readAuditLine), heads);
}

type LineReader = (line: string) => AuditRecord | undefined;

async function* recordsIn(file: string, read: LineReader): AsyncGenerator<AuditRecord> {
  const input = createReadStream(file, 'utf8');
  let line = 0;
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    line++;
    if (text.trim() === '') continue;
    const record = read(text);
    if (!record) throw new CommandError('audit-file-invalid', `${file}, line ${line}: no record of an audit log`);
    yield record;
  }
}

async function readHead(path: string): Promise<SignedHead> {
  const { isSignedHead } = await import('../../gateway/index.js');
  const head = parse(await readFile(path, 'utf8')) as SignedHead | undefined;
  const isHead = typeof head?.publicKey === 'string' && typeof head.signature === 'string' && isSignedHead(head);
  if (!isHead) throw new CommandError('head-not-signed', `${path}: no head, or its signature does not hold`);
  return head;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) ?? undefined;
  } catch {
    return undefined;
  }
}
