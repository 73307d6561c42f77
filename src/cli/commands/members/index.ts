import { Command } from 'commander';
import { importCommand } from './import.js';
import { messagesCommand } from './messages.js';

/** Each command of this folder is a file of its own and a line here. */
export function membersCommand(): Command {
  return new Command('members')
    .description("the union's members, their cards and certifications")
    .addCommand(importCommand())
    .addCommand(messagesCommand());
}
