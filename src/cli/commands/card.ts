import { Command } from 'commander';
import { coloursFor } from '../colours.js';
import { CommandError, exitCodes } from '../exit-codes.js';
import { parseYuan } from '../options/yuan.js';

export function cardCommand(): Command {
  return new Command('card')
    .description('make, issue, look at and present software cards')
    .addCommand(profilesCommand())
    .addCommand(newCommand())
    .addCommand(issueCommand())
    .addCommand(showCommand())
    .addCommand(presentCommand());
}

function profilesCommand(): Command {
  return new Command('profiles')
    .description('list the profiles in the box')
    .option('--json', 'print them as JSON')
    .addHelpText('after', '\nExamples:\n  yongtap card profiles')
    .action(async (options: { json?: boolean }) => {
      const { loadProfile, profileNames } = await import('../../../simulator/index.js');
      const profiles = profileNames().map((name) => ({ name, title: loadProfile(name).title }));
      if (options.json) console.log(JSON.stringify(profiles, undefined, 2));
      else for (const { name, title } of profiles) console.log(`${name.padEnd(30)} ${title}`);
    });
}

interface NewOptions {
  readonly from: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

function newCommand(): Command {
  return new Command('new')
    .description('write a profile of your own to edit, and then to issue')
    .argument('<file>', 'the YAML file to write')
    .option('--from <profile>', 'the profile of the box to begin from', 'service-card-51')
    .option('--force', 'replace the file')
    .option('--json', 'print what was written as JSON')
    .addHelpText(
      'after',
      `
Examples:
  yongtap card new my-profile.yaml
  yongtap card new forged.yaml --from wrong-signature`,
    )
    .action(writeProfile);
}

async function writeProfile(path: string, { from, force, json }: NewOptions): Promise<void> {
  const [{ writeFile }, { newProfile }] = await Promise.all([
    import('node:fs/promises'),
    import('../card/new-profile.js'),
  ]);
  const text = newProfile(path, from);
  await writeFile(path, text, { flag: force ? 'w' : 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
    throw new CommandError('profile-exists', `${path} is there already`, undefined, '--force replaces it.');
  });
  if (json) {
    console.log(JSON.stringify({ file: path, from }));
    return;
  }
  console.log(`${coloursFor(process.stdout).green('written')} ${path}  edit it, then: yongtap card issue ${path}`);
}

interface IssueOptions {
  readonly output?: string;
  readonly pan?: string;
  readonly holder?: string;
  readonly balance?: number;
  readonly seed?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

function issueCommand(): Command {
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
      import('../../../simulator/index.js'),
      import('../card/find-card.js'),
      import('../../tap/index.js'),
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

interface ShowOptions {
  readonly showPan?: boolean;
  readonly state?: string;
  readonly json?: boolean;
}

function showCommand(): Command {
  return new Command('show')
    .description('all that is on a card: purse, counters, log, data objects')
    .argument('<card>', 'a card file, or the name of a profile')
    .option('--show-pan', 'show card numbers in full (masked otherwise)')
    .option('--state <folder>', 'where cards of profiles are kept')
    .option('--json', 'print it as JSON')
    .addHelpText('after', '\nExamples:\n  yongtap card show my-card.json\n  yongtap card show service-card-51 --json')
    .action(show);
}

async function show(name: string, options: ShowOptions): Promise<void> {
  const [{ openCard, readCardFile }, { findCard }, { stateFolder }, { describeCard, showCard }] = await Promise.all([
    import('../../../simulator/index.js'),
    import('../card/find-card.js'),
    import('../state/state-folder.js'),
    import('../card/describe-card.js'),
  ]);
  const { path } = findCard(name, stateFolder(options.state));
  const inspection = openCard(readCardFile(path), { random: () => new Uint8Array(0) }).inspect();
  const card = showCard(inspection, { showPan: options.showPan === true });
  if (options.json) {
    console.log(JSON.stringify({ file: path, ...card }, undefined, 2));
    return;
  }
  for (const line of describeCard(card, coloursFor(process.stdout))) console.log(line);
}

interface PresentOptions {
  readonly host: string;
  readonly port?: string;
  readonly socket?: string;
  readonly state?: string;
  readonly reader: string;
}

function presentCommand(): Command {
  return new Command('present')
    .description('lay a software card on a virtual reader of the PC/SC service, until Ctrl-C')
    .argument('<card>', 'a card file, or the name of a profile')
    .argument('[command...]', 'run this program while the card lies there, and end with it')
    .option('--reader <name>', "the virtual reader's name", 'Yongtap virtual reader')
    .option('--port <number>', "lay it on a reader that listens already, on this TCP port (vsmartcard's vpcd: 35963)")
    .option('--host <name>', 'host of that reader', '127.0.0.1')
    .option('--socket <path>', 'lay it on a reader that listens already, on this socket')
    .option('--state <folder>', 'where cards of profiles are kept')
    .addHelpText(
      'after',
      `
Examples:
  yongtap card present my-card.json                    starts a PC/SC service of its own and says how to reach it
  yongtap card present my-card.json -- opensc-tool -a  runs a program that finds the card there
  yongtap card present my-card.json --port 35963       lays it on vsmartcard's reader`,
    )
    .action(present);
}

async function present(name: string, command: string[], options: PresentOptions): Promise<void> {
  const [{ presentFromFile }, { findCard }, { stateFolder }] = await Promise.all([
    import('../card/present.js'),
    import('../card/find-card.js'),
    import('../state/state-folder.js'),
  ]);
  const { path } = findCard(name, stateFolder(options.state));
  const port = options.port === undefined ? undefined : Number(options.port);
  if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536)) {
    throw new CommandError('port-invalid', `${options.port} is not a port`, exitCodes.wrongUse);
  }
  const address =
    options.socket !== undefined
      ? { socketPath: options.socket }
      : port !== undefined
        ? { host: options.host, port }
        : undefined;
  process.exitCode = await presentFromFile(path, { address, readerName: options.reader, command });
}
