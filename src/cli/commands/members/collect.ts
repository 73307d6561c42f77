import { parse } from 'node:path';
import { Command } from 'commander';
import { exitCodes } from '../../exit-codes.js';
import { type ListView, listLine, type WrongRow, wrongLines } from '../../members/list-view.js';
import { mediaTypeOf, XLSX } from '../../members/media-type-of.js';
import { addMemberGateway, askMembers, fetchMembers, type MemberGateway } from '../../members/member-gateway.js';
import { readNamedFile } from '../../read-named-file.js';
import { tellProgress } from '../../tell-progress.js';
import { writeWhole } from '../../write-whole.js';

interface CollectOptions extends MemberGateway {
  readonly unit: string;
  readonly submit?: boolean;
  readonly json?: boolean;
}

const PAGE = 1000;

export function collectCommand(): Command {
  return addMemberGateway(new Command('collect'))
    .description("hand in a unit's list of members: good rows go in, wrong ones come back beside the file")
    .argument('<file>', 'a .xlsx or .csv file, as the template has it or as the office has it')
    .requiredOption('--unit <unit>', 'whose list it is')
    .option('--submit', 'pass it up at once, if no row is wrong')
    .option('--json', 'print list and wrong rows as JSON')
    .addHelpText(
      'after',
      `
Examples:
  yongtap members collect list.csv --unit h-012 --post http://127.0.0.1:8051 --key $YONGTAP_KEY

Wrong rows are written to FILE.wrong.xlsx or .csv, with the reason in a last column: correct them there and hand that
file in. The same file again changes nothing. What an officer does: docs/collection.md.`,
    )
    .action(collect);
}

async function collect(file: string, { unit, submit, json, ...gateway }: CollectOptions): Promise<void> {
  const body = await readNamedFile(file);
  const mediaType = mediaTypeOf(file);
  tellProgress(`sending ${Math.ceil(body.length / 1024)} KiB; every row is checked …`);
  const sent = { method: 'POST', query: { unit }, body, mediaType } as const;
  let { list } = await askMembers<{ list: ListView }>(gateway, 'v1/member-lists', sent).finally(() => tellProgress(''));
  const wrong = list.rows.wrong > 0 ? await readWrong(gateway, list.list) : [];
  const beside = wrong.length > 0 ? await writeBeside(gateway, list.list, file) : undefined;
  if (submit && wrong.length === 0 && list.state === 'draft') {
    list = await askMembers<ListView>(gateway, `v1/member-lists/${list.list}/steps`, { body: { step: 'submit' } });
  }
  if (json) console.log(JSON.stringify({ list, wrong, ...(beside && { wrongRows: beside }) }, undefined, 2));
  else {
    for (const line of wrongLines(wrong)) console.log(line);
    console.log(listLine(list));
    if (beside) console.log(`to be corrected and handed in again: ${beside}`);
  }
  if (wrong.length > 0) process.exitCode = exitCodes.no;
}

async function readWrong(gateway: MemberGateway, list: string): Promise<WrongRow[]> {
  const rows: WrongRow[] = [];
  for (let after: number | undefined; ; ) {
    const page = await askMembers<{ rows: readonly WrongRow[]; next?: number }>(
      gateway,
      `v1/member-lists/${list}/rows`,
      { query: { state: 'wrong', limit: PAGE, after } },
    );
    rows.push(...page.rows);
    after = page.next;
    if (after === undefined) return rows;
  }
}

async function writeBeside(gateway: MemberGateway, list: string, file: string): Promise<string> {
  const answer = await fetchMembers(gateway, `v1/member-lists/${list}/wrong-rows`);
  const { dir, name } = file === '-' ? { dir: '', name: list } : parse(file);
  const extension = answer.headers.get('content-type')?.startsWith(XLSX) ? 'xlsx' : 'csv';
  const path = `${dir ? `${dir}/` : ''}${name}.wrong.${extension}`;
  await writeWhole(path, new Uint8Array(await answer.arrayBuffer()), OWNER_ONLY);
  return path;
}

/** It holds what is known of people. */
const OWNER_ONLY = 0o600;
