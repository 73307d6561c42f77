import { Command } from 'commander';
import { addMemberGateway, type MemberGateway } from '../../members/member-gateway.js';

interface EraseOptions extends MemberGateway {
  readonly reason: string;
  readonly json?: boolean;
}

interface Erasure {
  readonly erasedAt: string;
  readonly sections: readonly {
    readonly section: string;
    readonly rows: number;
    readonly done: string;
    readonly why?: string;
  }[];
}

export function eraseCommand(): Command {
  return addMemberGateway(new Command('erase'))
    .description('erase a member who has left: what tells of the person goes for good, the books stay')
    .argument('<member>', 'the union’s number of the member')
    .requiredOption('--reason <text>', 'why; no number of a person or a card may stand in it')
    .option('--json', 'print what is gone and what is kept as JSON')
    .addHelpText(
      'after',
      `
Examples:
  yongtap members erase A1 --reason "asked for in writing" --post http://127.0.0.1:8051 --key $YONGTAP_KEY

Nothing undoes it. Who is still a member, owes money or has a card on order is not erased.`,
    )
    .action(eraseMember);
}

async function eraseMember(number: string, { reason, json, ...gateway }: EraseOptions): Promise<void> {
  const [{ askMembers, memberPath }, { coloursFor }] = await Promise.all([
    import('../../members/member-gateway.js'),
    import('../../colours.js'),
  ]);
  const erasure = await askMembers<Erasure>(gateway, memberPath(number, 'erasure'), { body: { reason } });
  if (json) {
    console.log(JSON.stringify(erasure, undefined, 2));
    return;
  }
  const { dim } = coloursFor(process.stdout);
  console.log(`erased at ${erasure.erasedAt}`);
  for (const { section, rows, done, why } of erasure.sections.filter((each) => each.rows > 0)) {
    console.log(`  ${section.padEnd(28)}${String(rows).padStart(6)}  ${done}${why ? dim(`: ${why}`) : ''}`);
  }
}
