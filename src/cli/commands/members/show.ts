import { Command } from 'commander';
import { addMemberGateway, type MemberGateway } from '../../members/member-gateway.js';
import type { ListedMember, MemberPage } from '../../members/print-member.js';

interface ShowOptions extends MemberGateway {
  readonly json?: boolean;
}

export function showCommand(): Command {
  return addMemberGateway(new Command('show'))
    .description('a member, masked: certified or not, and which campaigns they have or have lost, and why')
    .argument('<member>', 'the union’s number of the member')
    .option('--json', 'print both as JSON')
    .addHelpText(
      'after',
      `
Examples:
  yongtap members show A1 --post http://127.0.0.1:8051 --key $YONGTAP_KEY`,
    )
    .action(showMember);
}

async function showMember(number: string, { json, ...gateway }: ShowOptions): Promise<void> {
  const [{ askMembers, memberPath }, { printMember }] = await Promise.all([
    import('../../members/member-gateway.js'),
    import('../../members/print-member.js'),
  ]);
  const member = await askMembers<ListedMember>(gateway, memberPath(number));
  const page = await askMembers<MemberPage>(gateway, memberPath(number, 'page'));
  if (json) console.log(JSON.stringify({ member, page }, undefined, 2));
  else printMember(member, page);
}
