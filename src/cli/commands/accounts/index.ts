import { Command } from 'commander';
import { addCommand } from './add.js';
import { disableCommand, enableCommand } from './disable.js';
import { inviteCommand, resetCommand } from './invite.js';
import { listCommand } from './list.js';

/** Each command of this folder is a file of its own and a line here. */
export function accountsCommand(): Command {
  return new Command('accounts')
    .description('accounts of people: officers, tellers, auditors, members')
    .addCommand(addCommand())
    .addCommand(listCommand())
    .addCommand(inviteCommand())
    .addCommand(resetCommand())
    .addCommand(disableCommand())
    .addCommand(enableCommand());
}
