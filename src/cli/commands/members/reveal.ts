import { Command } from 'commander';
import { addMemberGateway, type MemberGateway } from '../../members/member-gateway.js';

interface RevealOptions extends MemberGateway {
  readonly reason: string;
  readonly json?: boolean;
}

export function revealCommand(): Command {
  return addMemberGateway(new Command('reveal'))
    .description(
      'identity number, mobile number and address of a member in clear; who asked and why is in the audit log',
    )
    .argument('<member>', 'the union’s number of the member')
    .requiredOption('--reason <text>', 'why; no number of a person or a card may stand in it')
    .option('--json', 'print it as JSON')
    .addHelpText(
      'after',
      `
Examples:
  yongtap members reveal A4 --reason "asked at the counter" --post http://127.0.0.1:8051 --key $YONGTAP_KEY`,
    )
    .action(revealMember);
}

async function revealMember(number: string, { reason, json, ...gateway }: RevealOptions): Promise<void> {
  const { askMembers, memberPath } = await import('../../members/member-gateway.js');
  const path = memberPath(number, 'reveal');
  const found = await askMembers<Readonly<Record<string, string>>>(gateway, path, { body: { reason } });
  if (json) console.log(JSON.stringify(found, undefined, 2));
  else for (const [name, value] of Object.entries(found)) console.log(`${name.padEnd(16)}${value}`);
}
