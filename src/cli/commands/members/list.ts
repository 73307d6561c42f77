import { Command } from 'commander';
import { addMemberGateway, type MemberGateway } from '../../members/member-gateway.js';
import type { ListedMember } from '../../members/print-member.js';

const TOGETHER = 1000;

interface ListOptions extends MemberGateway {
  readonly json?: boolean;
}

export function listCommand(): Command {
  return addMemberGateway(new Command('list'))
    .description('members in order of their numbers, masked: all whom the key, or the account, reaches')
    .option('--json', 'print one JSON object a line')
    .addHelpText(
      'after',
      `
Examples:
  yongtap members list --post http://127.0.0.1:8051 --key $YONGTAP_KEY
  yongtap members list --post http://127.0.0.1:8051 --json`,
    )
    .action(listMembers);
}

async function listMembers({ json, ...gateway }: ListOptions): Promise<void> {
  const [{ askMembers }, { memberLine }] = await Promise.all([
    import('../../members/member-gateway.js'),
    import('../../members/print-member.js'),
  ]);
  let after: string | undefined;
  do {
    const query = { limit: TOGETHER, after };
    const page = await askMembers<Page>(gateway, 'v1/members', { query });
    for (const member of page.members) console.log(json ? JSON.stringify(member) : memberLine(member));
    after = page.next;
  } while (after !== undefined);
}

interface Page {
  readonly members: readonly ListedMember[];
  readonly next?: string;
}
