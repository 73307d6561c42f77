import { exitCodeOf, runCommand } from './run-command.js';
import { endWhenUnread } from './unread-output.js';

endWhenUnread();
process.on('uncaughtException', async (error) => process.exit(await exitCodeOf(error)));

await runCommand();
