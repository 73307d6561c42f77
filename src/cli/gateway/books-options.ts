import type { Command } from 'commander';
import { Option } from 'commander';
import type { BooksLocation } from '../../gateway/index.js';
import type { MasterKeySource } from './load-master-key.js';

/** Where the books are that a command opens by itself. */
export interface BooksOptions extends MasterKeySource {
  readonly data?: string | undefined;
  readonly database?: string | undefined;
}

export function addBooksOptions(command: Command): Command {
  return command
    .addOption(new Option('--data <folder>', 'the gateway’s data folder (default: ./gateway-data)').env('YONGTAP_DATA'))
    .addOption(new Option('--database <url>', 'its PostgreSQL').env('YONGTAP_DATABASE'))
    .addOption(
      new Option('--master-key-file <file>', 'a file with the key under which keys.json is wrapped').env(
        'YONGTAP_MASTER_KEY_FILE',
      ),
    )
    .addOption(new Option('--master-key-command <command>', 'what prints that key').env('YONGTAP_MASTER_KEY_COMMAND'));
}

/** The master key may stand in `YONGTAP_MASTER_KEY` too. */
export async function booksLocation(options: BooksOptions): Promise<BooksLocation> {
  const { loadMasterKey } = await import('./load-master-key.js');
  return {
    dataFolder: options.data ?? 'gateway-data',
    databaseUrl: options.database,
    masterKey: await loadMasterKey({ masterKey: process.env.YONGTAP_MASTER_KEY, ...options }),
  };
}
