import { Command } from 'commander';

export function schemaCommand(): Command {
  return new Command('schema')
    .description('print the JSON Schema of card profiles, for editors')
    .addHelpText(
      'after',
      `
Examples:
  yongtap card schema > card-profile.schema.json

With this first line an editor with a YAML language server completes and checks a profile as it is written:
  # yaml-language-server: $schema=card-profile.schema.json`,
    )
    .action(async () => {
      const { profileJsonSchema } = await import('../../../../simulator/index.js');
      console.log(JSON.stringify(profileJsonSchema(), undefined, 2));
    });
}
