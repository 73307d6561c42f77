import type { FaresFolder } from '../../gateway/index.js';
import { resolveConfig } from './config/resolve-config.js';
import { configuredBooks } from './configured-books.js';
import { loadFareSource } from './load-fare-source.js';

/**
 * A gateway's books and the rules by which it prices, as its configuration tells them: `given` on the command line goes
 * before the environment, this before the file. Throws CommandError.
 */
export async function booksAndFares(
  given: Readonly<Record<string, unknown>>,
  file: string | undefined,
): Promise<Omit<FaresFolder, 'clock' | 'random' | 'signal'>> {
  const { config } = await resolveConfig({ given, environment: process.env, file });
  return {
    ...(await configuredBooks(config)),
    campaigns: await Promise.all(config.campaigns.map((each) => loadFareSource(each, 'campaigns'))),
    policy: await loadFareSource(config.membershipPolicy, 'membershipPolicy'),
  };
}
