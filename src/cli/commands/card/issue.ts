import { Command } from 'commander';
import { coloursFor } from '../../colours.js';
import { parseYuan } from '../../options/yuan.js';

interface IssueOptions {
  readonly output?: string;
  readonly pan?: string;
  readonly holder?: string;
  readonly balance?: number;
  readonly seed?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

export function issueCommand(): Command {
  return new Command('issue')
    .description('personalize a card under the test certification authority and write it to a file')
    .argument('<profile>', 'a profile of the box, or a YAML file')
    .option('-o, --output <file>', 'where the card goes (PROFILE.json here)')
    .option('--pan <digits>', "another card number of the issuer's range")
    .option('--holder <name>', "the cardholder's name, 2 to 26 letters")
    .option('--balance <yuan>', 'electronic cash on the card', parseYuan)
    .option('--seed <text>', "what the card's key follows from; the card number if not given")
    .option('--force', 'replace the file')
    .option('--json', 'print what was issued as JSON')
    .addHelpText(
      'after',
      `
Examples:
  yongtap card issue service-card-51 -o my-card.json
  yongtap card issue service-card-51 --pan 6228000100000000116 --balance 50 -o second.json
  yongtap card issue my-profile.yaml -o odd.json --force`,
    )
    .action(issue);
}

async function issue(profileName: string, options: IssueOptions): Promise<void> {
  const [{ createCardFile, createTestPki, issueCard, openCard }, { findProfile }, { maskPan, formatYuan }] =
    await Promise.all([
      import('../../../../simulator/index.js'),
      import('../../card/find-profile.js'),
      import('../../../tap/index.js'),
    ]);
  const profile = await findProfile(profileName);
  const path = options.output ?? `${profile.name}.json`;
  const card = issueCard(profile, createTestPki(), {
    ...(options.seed === undefined ? {} : { seed: options.seed }),
    ...(options.pan === undefined ? {} : { pan: options.pan }),
    ...(options.holder === undefined ? {} : { cardholderName: options.holder }),
    ...(options.balance === undefined ? {} : { balanceFen: options.balance }),
  });
  createCardFile(path, card, { replace: options.force === true });
  const [application] = openCard(card, { random: () => new Uint8Array(0) }).inspect().applications;
  const pan = maskPan(application?.pan ?? '');
  const balanceFen = application?.purse.balanceFen ?? 0;
  if (options.json) {
    console.log(JSON.stringify({ file: path, profile: profile.name, pan, balanceFen, expires: application?.expires }));
    return;
  }
  const colours = coloursFor(process.stdout);
  console.log(`${colours.green('issued')} ${path}  ${profile.title}, ${pan}, ${formatYuan(balanceFen)} yuan`);
  console.log(`       tap it: yongtap tap --card ${path} --profile bus-validator --trace`);
}
