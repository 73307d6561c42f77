import { Command } from 'commander';
import { addMemberGateway, type MemberGateway } from '../../members/member-gateway.js';

interface ExportOptions extends MemberGateway {
  readonly out?: string;
}

export function exportCommand(): Command {
  return addMemberGateway(new Command('export'))
    .description('all that is kept of a member, as one JSON document, in clear')
    .argument('<member>', 'the union’s number of the member')
    .option('--out <file>', 'a new file for it, for your eyes only; printed if not told')
    .addHelpText(
      'after',
      `
Examples:
  yongtap members export A1 --out a1.json --post http://127.0.0.1:8051 --key $YONGTAP_KEY`,
    )
    .action(exportMember);
}

async function exportMember(number: string, { out, ...gateway }: ExportOptions): Promise<void> {
  const [{ fetchMembers, memberPath }, { createWriteStream }, { Readable }, { pipeline }] = await Promise.all([
    import('../../members/member-gateway.js'),
    import('node:fs'),
    import('node:stream'),
    import('node:stream/promises'),
  ]);
  const { body } = await fetchMembers(gateway, memberPath(number, 'export'));
  const content = Readable.fromWeb(body as import('node:stream/web').ReadableStream);
  if (out === undefined) await pipeline(content, process.stdout, { end: false });
  else await pipeline(content, createWriteStream(out, { flags: 'wx', mode: 0o600 }));
}
