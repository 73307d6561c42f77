import { Command } from 'commander';
import { publishCommand } from './publish.js';
import { pullCommand } from './pull.js';
import { showCommand } from './show.js';

export function listsCommand(): Command {
  return new Command('lists')
    .description('lists for terminals: who is kept out, who is a member, keys, tariffs and parameters')
    .addCommand(publishCommand())
    .addCommand(pullCommand())
    .addCommand(showCommand());
}
