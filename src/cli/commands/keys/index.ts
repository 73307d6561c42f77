import { Command } from 'commander';
import { checkCommand } from './check.js';
import { exportCommand } from './export.js';
import { importCommand } from './import.js';
import { listCommand } from './list.js';
import { removeCommand } from './remove.js';
import { showCommand } from './show.js';

export function keysCommand(): Command {
  return new Command('keys')
    .description('certification authority keys: what is trusted, import, check values, revoked certificates')
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(importCommand())
    .addCommand(checkCommand())
    .addCommand(exportCommand())
    .addCommand(removeCommand());
}
