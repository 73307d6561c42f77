import { Command, Option } from 'commander';
import { addMemberGateway, type MemberGateway } from '../../../members/member-gateway.js';
import { parseYear } from '../../../options/year.js';

interface RemindersOptions extends MemberGateway {
  readonly year?: number;
  readonly period?: string;
  readonly state?: 'due' | 'lapsed';
  readonly json?: boolean;
}

export function remindersCommand(): Command {
  return addMemberGateway(new Command('reminders'))
    .description('send each member who is not certified a short message, once in a period')
    .option('--year <year>', 'this year if not told', parseYear)
    .option('--period <name>', 'each member is reminded once in it; this month if not told')
    .addOption(
      new Option('--state <state>', 'those who keep their benefits for now, or have lost them').choices([
        'due',
        'lapsed',
      ]),
    )
    .option('--json', 'print how many were sent as JSON')
    .addHelpText(
      'after',
      `
Examples:
  yongtap members certification reminders --post http://127.0.0.1:8051 --key $YONGTAP_KEY
  yongtap members certification reminders --period 2016-spring --json --post http://127.0.0.1:8051

The same again in one period sends nothing twice. Where they go: docs/certification.md.`,
    )
    .action(remind);
}

interface Sent {
  readonly year: number;
  readonly period: string;
  readonly sent: number;
  readonly withoutMobile: number;
  readonly next?: string;
}

async function remind({ year, period, state, json, ...gateway }: RemindersOptions): Promise<void> {
  const { askMembers } = await import('../../../members/member-gateway.js');
  let total: Sent | undefined;
  let after: string | undefined;
  do {
    const body = { year, period, state, after };
    const part: Sent = await askMembers<Sent>(gateway, 'v1/certifications/reminders', { body });
    const { next, ...counts } = part;
    total = {
      ...counts,
      sent: part.sent + (total?.sent ?? 0),
      withoutMobile: part.withoutMobile + (total?.withoutMobile ?? 0),
    };
    after = next;
  } while (after !== undefined);
  if (json) console.log(JSON.stringify(total, undefined, 2));
  else {
    const { sent, withoutMobile, period: named, year: of } = total;
    console.log(`${sent} reminded of ${of} in ${named}, ${withoutMobile} without a mobile number`);
  }
}
