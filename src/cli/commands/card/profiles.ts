import { Command } from 'commander';
import { coloursFor } from '../../colours.js';

export function profilesCommand(): Command {
  return new Command('profiles')
    .description('list the profiles in the box, and what terminals answer to their cards')
    .option('--json', 'print them as JSON')
    .addHelpText(
      'after',
      `
Examples:
  yongtap card profiles
  yongtap card profiles --json

Tapped: 2 yuan at a bus validator. Inserted: 10 yuan at a shop that can go online, and an issuer that says yes.`,
    )
    .action(async (options: { json?: boolean }) => {
      const [{ expectedOutcomes, loadProfile, profileNames }, { describeProfiles }] = await Promise.all([
        import('../../../../simulator/index.js'),
        import('../../card/describe-profiles.js'),
      ]);
      const profiles = profileNames().map((name) => {
        const { title, interface: kind } = loadProfile(name);
        return { name, title, interface: kind, ...expectedOutcomes(name) };
      });
      if (options.json) console.log(JSON.stringify(profiles, undefined, 2));
      else for (const line of describeProfiles(profiles, coloursFor(process.stdout))) console.log(line);
    });
}
