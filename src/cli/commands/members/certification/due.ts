import { Command, Option } from 'commander';
import { addMemberGateway, type MemberGateway } from '../../../members/member-gateway.js';
import { parseYear } from '../../../options/year.js';

interface DueOptions extends MemberGateway {
  readonly year?: number;
  readonly state?: 'due' | 'lapsed';
  readonly reveal?: boolean;
  readonly json?: boolean;
}

export function dueCommand(): Command {
  return addMemberGateway(new Command('due'))
    .description('members who are not certified, as CSV')
    .option('--year <year>', 'this year if not told', parseYear)
    .addOption(
      new Option('--state <state>', 'those who keep their benefits for now, or have lost them').choices([
        'due',
        'lapsed',
      ]),
    )
    .option('--reveal', 'mobile numbers in full; the audit log tells that they were shown')
    .option('--json', 'one JSON document a line, in place of CSV')
    .addHelpText(
      'after',
      `
Examples:
  yongtap members certification due --post http://127.0.0.1:8051 --key $YONGTAP_KEY > due.csv
  yongtap members certification due --state lapsed --reveal --json --post http://127.0.0.1:8051`,
    )
    .action(listDue);
}

interface Member {
  readonly member: string;
}

async function listDue({ year, state, reveal, json, ...gateway }: DueOptions): Promise<void> {
  const { askMembers, fetchMembers } = await import('../../../members/member-gateway.js');
  let after: string | undefined;
  let isFirst = true;
  do {
    const query = { year, state, ...(reveal && { reveal }), limit: 1000, after };
    if (json) {
      const path = 'v1/certifications/due';
      const page = await askMembers<{ members: readonly Member[]; next?: string }>(gateway, path, { query });
      process.stdout.write(page.members.map((member) => `${JSON.stringify(member)}\n`).join(''));
      after = page.next;
    } else {
      const answer = await fetchMembers(gateway, 'v1/certifications/due', { query: { ...query, format: 'csv' } });
      // As bytes: the mark at the beginning, by which a spreadsheet knows UTF-8, is no part of a text.
      const bytes = Buffer.from(await answer.arrayBuffer());
      process.stdout.write(isFirst ? bytes : bytes.subarray(bytes.indexOf('\n') + 1));
      const next = answer.headers.get('x-next');
      after = next === null ? undefined : decodeURIComponent(next);
    }
    isFirst = false;
  } while (after !== undefined);
}
