import { Command } from 'commander';
import type { MemberGateway } from '../../members/member-gateway.js';
import { addMemberGateway } from '../../members/member-gateway.js';

interface MessagesOptions extends MemberGateway {
  readonly template?: string;
  readonly reveal?: boolean;
  readonly json?: boolean;
}

interface Message {
  readonly template: string;
  readonly state: string;
  readonly createdAt: string;
  readonly outcome?: string;
  readonly member?: string;
  readonly to?: string;
  readonly textZh?: string;
}

export function messagesCommand(): Command {
  return addMemberGateway(new Command('messages'))
    .description('short messages to members that have not expired: what they say, where nobody delivers them')
    .option('--template <name>', 'of this kind only')
    .option('--reveal', 'mobile numbers in full; the audit log tells that they were shown')
    .option('--json', 'print them as JSON')
    .addHelpText(
      'after',
      `
Examples:
  yongtap members messages --post http://127.0.0.1:8051 --key $YONGTAP_KEY
  yongtap members messages --post http://127.0.0.1:8051 --template certification-code --json

A gateway whose configuration names a service (messagesUrl) hands messages to it and shows no words here.`,
    )
    .action(showMessages);
}

async function showMessages({ template, reveal, json, ...gateway }: MessagesOptions): Promise<void> {
  const [{ askMembers }, { coloursFor }] = await Promise.all([
    import('../../members/member-gateway.js'),
    import('../../colours.js'),
  ]);
  const query = { template, ...(reveal && { reveal }), limit: 100 };
  const answer = await askMembers<{ messages: readonly Message[] }>(gateway, 'v1/messages', { query });
  if (json) {
    console.log(JSON.stringify(answer, undefined, 2));
    return;
  }
  const { bold, dim } = coloursFor(process.stdout);
  if (answer.messages.length === 0) console.log('no message waits');
  for (const { createdAt, state, template: name, to, member, outcome, textZh } of answer.messages) {
    const about = [name, to, member && `member ${member}`, outcome].filter(Boolean).join(', ');
    console.log(`${dim(createdAt)}  ${bold(state)}  ${about}`);
    if (textZh !== undefined) console.log(`  ${textZh}`);
  }
}
