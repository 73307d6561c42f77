import { existsSync } from 'node:fs';
import { Command, Option } from 'commander';
import { CommandError } from '../../exit-codes.js';
import { addMemberGateway, fetchMembers, type MemberGateway } from '../../members/member-gateway.js';
import { writeWhole } from '../../write-whole.js';

interface TemplateOptions extends MemberGateway {
  readonly format: 'xlsx' | 'csv';
  readonly output?: string;
  readonly force?: boolean;
}

export function templateCommand(): Command {
  return addMemberGateway(new Command('template'))
    .description('a file to fill in with the members of a unit')
    .addOption(new Option('--format <format>', 'a workbook, or CSV').choices(['xlsx', 'csv']).default('xlsx'))
    .option('-o, --output <file>', 'where to (default: members.xlsx or members.csv)')
    .option('--force', 'replace a file that is there')
    .addHelpText(
      'after',
      '\nExamples:\n  yongtap members template --format xlsx --post http://127.0.0.1:8051 --key $YONGTAP_KEY',
    )
    .action(async ({ format, output = `members.${format}`, force = false, ...gateway }: TemplateOptions) => {
      const answer = await fetchMembers(gateway, 'v1/member-lists/template', { query: { format } });
      const bytes = new Uint8Array(await answer.arrayBuffer());
      if (!force && existsSync(output)) {
        throw new CommandError('list-file-exists', `${output} is there already`, undefined, '--force replaces it.');
      }
      await writeWhole(output, bytes);
      console.log(`wrote ${output}`);
    });
}
