import { setTimeout } from 'node:timers/promises';
import { Command } from 'commander';
import { ProgressBar } from '../../fleet/progress-bar.js';
import { type ListView, listLine } from '../../members/list-view.js';
import { addMemberGateway, askMembers, type MemberGateway } from '../../members/member-gateway.js';

interface ShowOptions extends MemberGateway {
  readonly unit?: string;
  readonly atUnit?: string;
  readonly state?: string;
  readonly json?: boolean;
}

interface StepOptions extends MemberGateway {
  readonly reason?: string;
  readonly json?: boolean;
}

const STEPS = {
  submit: 'pass a list up to the unit above',
  accept: 'accept a list: it goes to the unit above, and at the top its rows become members',
  return: 'give a list back, with a reason',
  discard: 'forget a list that is a draft or came back',
} as const;

/** Lists of members on their way up: shown, and moved on. */
export function batchesCommand(): Command {
  const command = new Command('batches')
    .description(
      'lists of members on their way up the hierarchy of unions: show, submit, accept, return, discard, drop',
    )
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(dropCommand());
  for (const [step, words] of Object.entries(STEPS)) command.addCommand(stepCommand(step, words));
  return command.addHelpText(
    'after',
    `
Examples:
  yongtap members batches list --unit haishu --post http://127.0.0.1:8051 --key $YONGTAP_KEY
  yongtap members batches list --state submitted --at haishu --post http://127.0.0.1:8051 --json`,
  );
}

function listCommand(): Command {
  return addMemberGateway(new Command('list'))
    .description('lists, of one unit and those below it or of all')
    .option('--unit <unit>', 'those of this unit and of units below it')
    .option('--at <unit>', 'those that lie with this unit')
    .option('--state <state>', 'draft, submitted, accepted, returned or discarded')
    .option('--json', 'print them as JSON')
    .action(async ({ unit, at, state, json, ...gateway }: ShowOptions & { at?: string }) => {
      const lists: ListView[] = [];
      for (let after: string | undefined; ; ) {
        const query = { unit, atUnit: at, state, after, limit: 1000 };
        const page = await askMembers<{ lists: readonly ListView[]; next?: string }>(gateway, 'v1/member-lists', {
          query,
        });
        lists.push(...page.lists);
        after = page.next;
        if (after === undefined) break;
      }
      if (json) console.log(JSON.stringify(lists, undefined, 2));
      else for (const list of lists) console.log(listLine(list));
    });
}

interface Event {
  readonly step: string;
  readonly atUnit: string;
  readonly row?: number;
  readonly by: string;
  readonly reason?: string;
  readonly at: string;
}

function showCommand(): Command {
  return addMemberGateway(new Command('show'))
    .description('a list, and how it came to where it lies')
    .argument('<list>')
    .option('--json', 'print it as JSON')
    .action(async (list: string, { json, ...gateway }: StepOptions) => {
      const found = await askMembers<ListView & { events: readonly Event[] }>(gateway, pathOf(list));
      if (json) console.log(JSON.stringify(found, undefined, 2));
      else {
        console.log(listLine(found));
        for (const { at, step, row, atUnit, by, reason } of found.events) {
          const what = row === undefined ? step : `${step} ${row}`;
          console.log(`  ${at} ${what}, with ${atUnit}, by ${by}${reason ? `: ${reason}` : ''}`);
        }
      }
    });
}

function dropCommand(): Command {
  return addMemberGateway(new Command('drop'))
    .description('take one row out of a draft, or out of a list that came back')
    .argument('<list>')
    .argument('<row>', 'in the file, from 1')
    .option('--json', 'print the list as JSON')
    .action(async (list: string, row: string, { json, ...gateway }: StepOptions) => {
      const path = `${pathOf(list)}/rows/${encodeURIComponent(row)}`;
      tell(await askMembers<ListView>(gateway, path, { method: 'DELETE' }), json);
    });
}

function stepCommand(step: string, words: string): Command {
  return addMemberGateway(new Command(step))
    .description(words)
    .argument('<list>')
    .option('--reason <text>', 'why')
    .option('--json', 'print the list as JSON')
    .action(async (list: string, { reason, json, ...gateway }: StepOptions) => {
      const done = await askMembers<ListView>(gateway, `${pathOf(list)}/steps`, { body: { step, reason } });
      tell(done.state === 'accepted' ? await untilRecorded(gateway, done) : done, json);
    });
}

const pathOf = (list: string): string => `v1/member-lists/${encodeURIComponent(list)}`;

const LOOK_EVERY_MS = 1000;

/** Rows of a long list become members one after the other; a bar shows how far that is. */
async function untilRecorded(gateway: MemberGateway, list: ListView): Promise<ListView> {
  const bar = new ProgressBar(process.stderr, 'members recorded', list.rows.good, () => performance.now());
  let now = list;
  while (now.rows.recorded < now.rows.good) {
    bar.show(now.rows.recorded);
    await setTimeout(LOOK_EVERY_MS);
    now = await askMembers<ListView>(gateway, pathOf(list.list));
  }
  bar.clear();
  return now;
}

function tell(list: ListView, json: boolean | undefined): void {
  console.log(json ? JSON.stringify(list, undefined, 2) : listLine(list));
}
