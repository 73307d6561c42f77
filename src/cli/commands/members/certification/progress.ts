import { Command } from 'commander';
import { addMemberGateway, type MemberGateway } from '../../../members/member-gateway.js';
import type { Progress } from '../../../members/print-progress.js';
import { parseYear } from '../../../options/year.js';

interface ProgressOptions extends MemberGateway {
  readonly year?: number;
  readonly unit?: string;
  readonly level?: string;
  readonly fresh?: boolean;
  readonly json?: boolean;
}

export function progressCommand(): Command {
  return addMemberGateway(new Command('progress'))
    .description('how many members are certified, due and lapsed, by unit and upward')
    .option('--year <year>', 'this year if not told', parseYear)
    .option('--unit <unit>', 'this unit and those below')
    .option('--level <level>', 'units of this level only')
    .option('--fresh', 'count everything now, however long it takes')
    .option('--json', 'print the counts as JSON')
    .addHelpText(
      'after',
      `
Examples:
  yongtap members certification progress --post http://127.0.0.1:8051 --key $YONGTAP_KEY
  yongtap members certification progress --year 2016 --json --post http://127.0.0.1:8051

A bar is what is certified █, what is due and keeps its benefits ▒, and what has lapsed ░.`,
    )
    .action(showProgress);
}

async function showProgress({ year, unit, level, fresh, json, ...gateway }: ProgressOptions): Promise<void> {
  const [{ askMembers }, { printProgress }] = await Promise.all([
    import('../../../members/member-gateway.js'),
    import('../../../members/print-progress.js'),
  ]);
  const query = { year, unit, level, ...(fresh && { fresh }), limit: 1000 };
  const answer = await askMembers<Progress>(gateway, 'v1/certifications/progress', { query });
  if (json) console.log(JSON.stringify(answer, undefined, 2));
  else printProgress(answer);
}
