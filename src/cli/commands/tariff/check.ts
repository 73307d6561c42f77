import { Command } from 'commander';
import { coloursFor } from '../../colours.js';
import { exitCodes } from '../../exit-codes.js';

interface CheckOptions {
  readonly strict?: boolean;
  readonly json?: boolean;
}

export function checkCommand(): Command {
  return new Command('check')
    .description('everything that is wrong with files of tariffs and campaigns, each with line and column')
    .argument(
      '<id-or-file...>',
      'YAML or JSON, or all that the box has under an id; tariffs together are also held against each other’s days',
    )
    .option('--strict', 'what is allowed and hardly meant is wrong too')
    .option('--json', 'print it as JSON')
    .addHelpText(
      'after',
      `
Examples:
  yongtap tariff check my-tariff.yaml
  yongtap tariff check my-tariff.yaml ningbo-2016
  yongtap tariff check my-tariff.yaml my-campaigns.yaml --strict --json`,
    )
    .action(check);
}

async function check(names: string[], { strict = false, json }: CheckOptions): Promise<void> {
  const [{ checkFareFiles }, { fareDocuments }, { overlapsOf }, { printFindings }] = await Promise.all([
    import('../../../gateway/fares/index.js'),
    import('../../tariff/fare-documents.js'),
    import('../../tariff/overlaps-of.js'),
    import('../../tariff/print-findings.js'),
  ]);
  const files = (await Promise.all(names.map(fareDocuments))).flat();
  const checked = checkFareFiles(files);
  const together = overlapsOf(checked);
  const findings = [
    ...checked.flatMap(({ file, findings: each }) => each.map((finding) => ({ file, ...finding }))),
    ...together,
  ];
  const isWrong = findings.some(({ level }) => strict || level === 'error');
  if (json) {
    const told = checked.map(({ file, kind }) => ({ file, kind }));
    console.log(JSON.stringify({ ok: !isWrong, files: told, findings }, undefined, 2));
  } else {
    for (const line of printFindings(files.length, findings, coloursFor(process.stdout))) console.log(line);
  }
  if (isWrong) process.exitCode = exitCodes.no;
}
