import { Command } from 'commander';

export function profilesCommand(): Command {
  return new Command('profiles')
    .description('list the profiles in the box')
    .option('--json', 'print them as JSON')
    .addHelpText('after', '\nExamples:\n  yongtap card profiles')
    .action(async (options: { json?: boolean }) => {
      const { loadProfile, profileNames } = await import('../../../../simulator/index.js');
      const profiles = profileNames().map((name) => ({ name, title: loadProfile(name).title }));
      if (options.json) console.log(JSON.stringify(profiles, undefined, 2));
      else for (const { name, title } of profiles) console.log(`${name.padEnd(30)} ${title}`);
    });
}
