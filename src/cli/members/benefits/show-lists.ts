import { coloursFor } from '../../colours.js';
import { CommandError, exitCodes } from '../../exit-codes.js';
import { openOutputFile } from '../../output-file.js';
import { askMembers, fetchMembers, type MemberGateway } from '../member-gateway.js';

export interface ListsOptions extends MemberGateway {
  readonly make?: boolean;
  readonly day?: string;
  readonly version?: string;
  readonly changes?: boolean;
  readonly out?: string;
  readonly format: 'csv' | 'json';
  readonly json?: boolean;
}

interface Version {
  readonly version: number;
  readonly day: string;
  readonly state: string;
  readonly read: number;
  readonly header?: {
    readonly entries: number;
    readonly added: number;
    readonly dropped: number;
    readonly csvSha256: string;
    readonly jsonSha256: string;
  };
}

interface Change {
  readonly member: string;
  readonly change: string;
  readonly reason: string;
}

/** Shows lists, makes the next version of one, or writes one into a file. */
export async function showBenefitLists(list: string | undefined, options: ListsOptions): Promise<void> {
  const { json, ...gateway } = options;
  if (list === undefined) {
    type Lists = { lists: readonly { list: string; kind: string; name: string; nameZh: string }[] };
    const answer = await askMembers<Lists>(gateway, 'v1/benefit-lists');
    if (json) return console.log(JSON.stringify(answer, undefined, 2));
    for (const { list: id, kind, name, nameZh } of answer.lists) console.log(`${id}  ${kind}  ${name} ${nameZh}`);
    return;
  }
  const path = `v1/benefit-lists/${encodeURIComponent(list)}`;
  const version = await versionOf(path, options);
  if (options.out !== undefined) await writeFile(`${path}/versions/${version.version}/file`, version, options);
  const changes = options.changes ? await readChanges(`${path}/versions/${version.version}/changes`, options) : [];
  if (json) console.log(JSON.stringify({ ...version, ...(options.changes && { changes }) }, undefined, 2));
  else print(list, version, changes);
}

async function versionOf(path: string, { day, make, version, ...gateway }: ListsOptions): Promise<Version> {
  if (make) return askMembers<Version>(gateway, `${path}/versions`, { body: { ...(day !== undefined && { day }) } });
  if (version !== undefined) return askMembers<Version>(gateway, `${path}/versions/${encodeURIComponent(version)}`);
  const { versions } = await askMembers<{ versions: Version[] }>(gateway, `${path}/versions`, { query: { limit: 1 } });
  const [newest] = versions;
  if (newest) return newest;
  throw new CommandError('list-not-made', 'there is no version of this list', exitCodes.no, 'Make one with --make.');
}

async function readChanges(path: string, gateway: MemberGateway): Promise<readonly Change[]> {
  const changes: Change[] = [];
  for (let after: string | undefined; ; ) {
    type Page = { changes: Change[]; next?: string };
    const page: Page = await askMembers<Page>(gateway, path, { query: { limit: 1000, after } });
    changes.push(...page.changes);
    if (page.next === undefined) return changes;
    after = page.next;
  }
}

/** Writes the file as it comes, and holds it against the hash that was signed. */
async function writeFile(path: string, { header }: Version, options: ListsOptions): Promise<void> {
  const { format, out = '' } = options;
  const answer = await fetchMembers(options, path, { query: { format } });
  const file = openOutputFile(out);
  const writeAll = async (): Promise<string> => {
    for await (const chunk of answer.body!) await file.write(chunk);
    return file.close();
  };
  const sha256 = await writeAll().catch((error: Error) => {
    throw new CommandError('file-unwritable', `${out}: ${error.message}`);
  });
  const expected = format === 'csv' ? header?.csvSha256 : header?.jsonSha256;
  if (sha256 === expected) return;
  const hint = 'Fetch it again: the answer was cut off, or changed on its way.';
  throw new CommandError('list-file-changed', `${out} is not what was signed`, exitCodes.no, hint);
}

function print(list: string, { version, day, state, read, header }: Version, changes: readonly Change[]): void {
  const { bold, dim, green, red } = coloursFor(process.stdout);
  const told = header
    ? `${header.entries} on it, ${green(`${header.added} added`)}, ${red(`${header.dropped} dropped`)}`
    : `${state}, ${read} members looked at`;
  console.log(`${bold(list)} version ${version} of ${day}: ${told}`);
  if (header) console.log(dim(`  csv ${header.csvSha256}\n  json ${header.jsonSha256}`));
  for (const { change, member, reason } of changes) console.log(`  ${change.padEnd(7)} ${member}  ${reason}`);
}
