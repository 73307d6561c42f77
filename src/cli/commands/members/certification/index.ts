import { Command } from 'commander';
import { dueCommand } from './due.js';
import { progressCommand } from './progress.js';
import { remindersCommand } from './reminders.js';

export function certificationCommand(): Command {
  return new Command('certification')
    .description('how far the yearly certification is, and who is due')
    .addCommand(progressCommand())
    .addCommand(dueCommand())
    .addCommand(remindersCommand());
}
