import { Command } from 'commander';
import { coloursFor } from '../../colours.js';
import { padColumns } from '../../display-width.js';
import { mediaTypeOf } from '../../members/media-type-of.js';
import { addMemberGateway, askMembers, type MemberGateway } from '../../members/member-gateway.js';
import { readNamedFile } from '../../read-named-file.js';

interface UnitView {
  readonly unit: string;
  readonly name: string;
  readonly level: string;
  readonly path: string;
}

interface ListOptions extends MemberGateway {
  readonly below?: string;
  readonly level?: string;
  readonly json?: boolean;
}

export function unitsCommand(): Command {
  return new Command('units')
    .description('the hierarchy of unions: city, district or trade, grass roots')
    .addCommand(listCommand())
    .addCommand(importCommand())
    .addCommand(moveCommand())
    .addHelpText(
      'after',
      `
Examples:
  yongtap members units import units.csv --post http://127.0.0.1:8051 --key $YONGTAP_KEY
  yongtap members units list --below haishu --post http://127.0.0.1:8051
  yongtap members units move h-012 transport --reason "resolution 12" --post http://127.0.0.1:8051

The first line of the file names the columns: unit, name, level, parent.`,
    );
}

function listCommand(): Command {
  return addMemberGateway(new Command('list'))
    .description('units, each before what is below it')
    .option('--below <unit>', 'this unit and all below it')
    .option('--level <level>', 'city, district, trade or grass-roots')
    .option('--json', 'print them as JSON')
    .action(async ({ json, below, level, ...gateway }: ListOptions) => {
      const units: UnitView[] = [];
      for (let after: string | undefined; ; ) {
        const page = await askMembers<{ units: readonly UnitView[]; next?: string }>(gateway, 'v1/units', {
          query: { below, level, after, limit: 1000 },
        });
        units.push(...page.units);
        after = page.next;
        if (after === undefined) break;
      }
      if (json) console.log(JSON.stringify(units, undefined, 2));
      else for (const unit of units) console.log(lineOf(unit));
    });
}

const LEVEL_COLUMNS = 12;

function lineOf({ unit, name, level, path }: UnitView): string {
  const depth = path.split('/').length - 3;
  const colours = coloursFor(process.stdout);
  return `${colours.dim(padColumns(level, LEVEL_COLUMNS))}${'  '.repeat(depth)}${name} ${colours.dim(unit)}`;
}

function importCommand(): Command {
  return addMemberGateway(new Command('import'))
    .description('record a hierarchy from a .csv, .xlsx or .json file, wholly or not at all')
    .argument('<file>', 'its first line names the columns: unit, name, level, parent')
    .option('--json', 'print what changed as JSON')
    .action(async (file: string, { json, ...gateway }: MemberGateway & { json?: boolean }) => {
      const body = await readNamedFile(file);
      const mediaType = /\.json$/i.test(file) ? 'application/json' : mediaTypeOf(file);
      const done = await askMembers<Recorded>(gateway, 'v1/units/import', { body, mediaType });
      tell(done, json);
    });
}

function moveCommand(): Command {
  return addMemberGateway(new Command('move'))
    .description('move a unit, with all that is below, below another one')
    .argument('<unit>')
    .argument('<parent>', 'the unit right above it from now on')
    .requiredOption('--reason <text>', 'why')
    .option('--json', 'print what changed as JSON')
    .action(
      async (
        unit: string,
        parent: string,
        { json, reason, ...gateway }: MemberGateway & { json?: boolean; reason: string },
      ) => {
        const path = `v1/units/${encodeURIComponent(unit)}/moves`;
        tell(await askMembers<Recorded>(gateway, path, { body: { parent, reason } }), json);
      },
    );
}

type Recorded = Readonly<Record<'recorded' | 'renamed' | 'moved', number>>;

function tell(done: Recorded, json: boolean | undefined): void {
  if (json) console.log(JSON.stringify(done, undefined, 2));
  else console.log(`units: ${done.recorded} recorded, ${done.renamed} renamed, ${done.moved} moved`);
}
