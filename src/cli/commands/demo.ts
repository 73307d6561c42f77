import { Command } from 'commander';
import { coloursFor } from '../colours.js';
import { exitCodes } from '../exit-codes.js';

export function demoCommand(): Command {
  return new Command('demo')
    .description('a morning in Ningbo: cards, gates, buses and a gateway, all real, and what each rider paid and why')
    .option('--json', 'print it as JSON')
    .addHelpText(
      'after',
      `
Examples:
  yongtap demo
  yongtap demo --json

It issues software cards, starts a gateway on a free port of this machine with its books in a temporary folder, taps
the cards at metro gates and bus validators, and removes everything at the end. Exit code 0: the totals add up.`,
    )
    .action(demo);
}

async function demo(options: { readonly json?: boolean }): Promise<void> {
  const [{ morning }, { printEnd, printScene, printStart }, { runDemo }, { demoAsJson }, { addsUp }] =
    await Promise.all([
      import('../demo/morning.js'),
      import('../demo/print-demo.js'),
      import('../demo/run-demo.js'),
      import('../demo/demo-as-json.js'),
      import('../demo/totals.js'),
    ]);
  const { untilInterrupted } = await import('../until-interrupted.js');
  const colours = coloursFor(process.stdout);
  const say = (lines: readonly string[]) => {
    if (!options.json) for (const line of lines) console.log(line);
  };
  const interruption = untilInterrupted();
  say(printStart(morning, colours));
  try {
    const result = await runDemo(morning, {
      onScene: (played) => say(printScene(played, morning, colours)),
      signal: interruption.signal,
    });
    say(printEnd(result, colours));
    if (options.json) console.log(JSON.stringify(demoAsJson(result, morning), undefined, 2));
    if (!addsUp(result.totals)) process.exitCode = exitCodes.no;
  } finally {
    interruption.dispose();
  }
}
