import type { FolderImport } from '../../gateway/index.js';
import { resolveConfig } from './config/resolve-config.js';
import { configuredBooks } from './configured-books.js';
import { loadFareSource } from './load-fare-source.js';

/**
 * A gateway's books and the rules by which its cards go, as its configuration tells them: `given` on the command line
 * goes before the environment, this before the file. Throws CommandError.
 */
export async function booksAndRules(
  given: Readonly<Record<string, unknown>>,
  file: string | undefined,
): Promise<Omit<FolderImport, 'source' | 'clock' | 'random' | 'onProgress'>> {
  const { config } = await resolveConfig({ given, environment: process.env, file });
  return {
    ...(await configuredBooks(config)),
    cardPolicy: await loadFareSource(config.cardPolicy, 'cardPolicy'),
  };
}
