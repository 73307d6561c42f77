import { Command } from 'commander';
import { addMemberGateway, type MemberGateway } from '../../members/member-gateway.js';
import type { Certified } from '../../members/print-certified.js';
import { parseYear } from '../../options/year.js';

interface CertifyOptions extends MemberGateway {
  readonly member?: readonly string[];
  readonly file?: string;
  readonly year?: number;
  readonly unit?: string;
  readonly name?: string;
  readonly sex?: string;
  readonly address?: string;
  readonly mobile?: string;
  readonly json?: boolean;
}

const CORRECTIONS = ['unit', 'name', 'sex', 'address', 'mobile'] as const;

export function certifyCommand(): Command {
  return addMemberGateway(new Command('certify'))
    .description('certify members for the year as an officer: some by their numbers, or a unit’s list as a file')
    .option('--member <number...>', 'the union’s numbers of the members')
    .option('--file <file>', '.xlsx or .csv: the column member, and columns for what is corrected')
    .option('--year <year>', 'this year, or the next once it is open, if not told', parseYear)
    .option('--unit <name>', 'the work unit, where it is to be corrected')
    .option('--name <name>', 'the name, where it is to be corrected')
    .option('--sex <sex>', 'male or female')
    .option('--address <address>', 'the home address, where it is to be corrected')
    .option('--mobile <number>', 'the mobile number, where it is to be corrected')
    .option('--json', 'print what became of each as JSON')
    .addHelpText(
      'after',
      `
Examples:
  yongtap members certify --file certified.csv --post http://127.0.0.1:8051 --key $YONGTAP_KEY
  yongtap members certify --member A2 --unit 海曙小学 --sex male --post http://127.0.0.1:8051
  yongtap members certify --member A2 --json --post http://127.0.0.1:8051

What is not corrected is confirmed as the register has it; the register must have it. The same again changes nothing.
It ends with 1 where a member was refused; the others are certified all the same.`,
    )
    .action(certify);
}

async function certify({ member, file, year, json, ...options }: CertifyOptions): Promise<void> {
  const [{ askMembers }, { CommandError, exitCodes }, { mediaTypeOf }, { printCertified }, { readNamedFile }] =
    await Promise.all([
      import('../../members/member-gateway.js'),
      import('../../exit-codes.js'),
      import('../../members/media-type-of.js'),
      import('../../members/print-certified.js'),
      import('../../read-named-file.js'),
    ]);
  const said = Object.fromEntries(CORRECTIONS.flatMap((name) => (options[name] ? [[name, options[name]]] : [])));
  const isOneWay = (member === undefined) !== (file === undefined);
  if (!isOneWay || (Object.keys(said).length > 0 && member?.length !== 1)) {
    const message = isOneWay ? 'corrections are of one member' : 'either --member or --file';
    throw new CommandError('wrong-use', message, undefined, 'yongtap members certify --help');
  }
  const answer = await (file === undefined
    ? askMembers<Certified>(options, 'v1/certifications/officer', {
        body: { ...(year && { year }), members: member!.map((each) => ({ member: each, ...said })) },
      })
    : askMembers<Certified>(options, 'v1/certifications/officer/file', {
        query: { year },
        mediaType: mediaTypeOf(file),
        body: await readNamedFile(file),
      }));
  printCertified(answer, json === true);
  if (answer.counts.refused > 0) process.exitCode = exitCodes.no;
}
