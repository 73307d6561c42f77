import { Command } from 'commander';
import type { AttributesOptions } from '../../members/benefits/record-attributes.js';
import { addMemberGateway } from '../../members/member-gateway.js';

export function attributesCommand(): Command {
  return addMemberGateway(new Command('attributes'))
    .description('what loans and lists ask of a member: residence, model worker, hardship; shown, or recorded')
    .argument('<member>', 'the union’s number of the member')
    .argument('[attribute=value]', 'what is to be recorded')
    .option('--from <instant>', 'from when on it holds (default: now)')
    .option('--reason <text>', 'what shows it')
    .option('--json', 'print what is known as JSON')
    .addHelpText(
      'after',
      `
Examples:
  yongtap members attributes A1 residence=ningbo --from 2015-01-01T00:00:00 --reason 'household register seen' --post http://127.0.0.1:8051
  yongtap members attributes A1 --post http://127.0.0.1:8051 --key $YONGTAP_KEY`,
    )
    .action(async (member: string, said: string | undefined, options: AttributesOptions) => {
      const { recordAttributes } = await import('../../members/benefits/record-attributes.js');
      await recordAttributes(member, said, options);
    });
}
