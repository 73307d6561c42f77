import { Command } from 'commander';
import { cloneCommand } from './clone.js';
import { editCommand } from './edit.js';
import { exportCommand } from './export.js';
import { issueCommand } from './issue.js';
import { newCommand } from './new.js';
import { presentCommand } from './present.js';
import { profilesCommand } from './profiles.js';
import { schemaCommand } from './schema.js';
import { showCommand } from './show.js';

export function cardCommand(): Command {
  return new Command('card')
    .description('make, issue, look at, change, copy, export and present software cards')
    .addCommand(profilesCommand())
    .addCommand(newCommand())
    .addCommand(schemaCommand())
    .addCommand(issueCommand())
    .addCommand(showCommand())
    .addCommand(editCommand())
    .addCommand(cloneCommand())
    .addCommand(exportCommand())
    .addCommand(presentCommand());
}
