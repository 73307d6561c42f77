import { Command } from 'commander';
import { coloursFor } from '../../colours.js';
import { exitCodes } from '../../exit-codes.js';

interface ExampleOptions {
  readonly keep?: boolean;
  readonly json?: boolean;
}

export function exampleCommand(): Command {
  return new Command('example')
    .description('a unit of 200 made-up members from their list to the discount at the gate, with a gateway of its own')
    .option('--keep', 'leave its folder, with books and cards')
    .option('--json', 'print the steps as JSON')
    .addHelpText(
      'after',
      `
Examples:
  yongtap members example
  yongtap members example --json

It plays by a clock of its own, from September 2015 to January 2016. Exit code 1: something was not as the rules say.`,
    )
    .action(playExample);
}

async function playExample({ keep = false, json = false }: ExampleOptions): Promise<void> {
  const [{ runExample }, { printStep, printSum, printTable }] = await Promise.all([
    import('../../members/example/run-example.js'),
    import('../../members/example/print-example.js'),
  ]);
  const colours = coloursFor(process.stdout);
  const { steps, folder } = await runExample({
    keep,
    onStep: (step) => {
      if (!json) console.log(printStep(step, colours));
    },
  });
  if (json) console.log(JSON.stringify({ steps, folder }, undefined, 2));
  else
    console.log(
      [
        '',
        printTable(steps, colours),
        '',
        printSum(steps, colours),
        ...(folder === undefined ? [] : [`kept in ${folder}`]),
      ].join('\n'),
    );
  if (steps.some(({ isAsTheRulesSay }) => !isAsTheRulesSay)) process.exitCode = exitCodes.no;
}
