import { createCertificationAuthorityKeyStore } from '../../emv/keys/index.js';
import { auditCommandLine } from './audit/index.js';
import { loadCampaigns, loadTariffs } from './fares/index.js';
import type { GatewayOptions } from './gateway-options.js';
import { type ClosedServiceDay, createIntake, createRepricings, type RepricingView } from './intake/index.js';
import { loadMembershipPolicy, readFareCards } from './membership/index.js';
import { type BooksLocation, openKeptBooks } from './open-books.js';

/** The rules that are named here are those of the gateway whose books they are; those of the box where none are. */
export interface FaresFolder extends BooksLocation, Pick<GatewayOptions, 'tariff' | 'campaigns' | 'policy'> {
  readonly clock: () => Date;
  readonly random: (length: number) => Uint8Array;
  /** Ends a repricing behind the cards that it is at; it can go on. */
  readonly signal?: AbortSignal;
}

const DEFAULT_CAMPAIGNS = ['ningbo-2015', 'ningbo-2016'];

/** What prices kept taps again in a gateway's books without its HTTP interface, whether it runs or not. */
export interface Fares {
  /** Throws IntakeError `service-day-not-over`. */
  close(serviceDay: string): Promise<ClosedServiceDay>;
  /** Gives the repricing when it is done or was stopped. */
  reprice(asked: { readonly from: string; readonly to: string; readonly dryRun: boolean }): Promise<RepricingView>;
  /** Goes on with one; `undefined` where there is none. */
  resume(id: string): Promise<RepricingView | undefined>;
}

/**
 * Opens the books for `work` and closes them after it. Throws GatewayKeysError, StorageError, and FareError for wrong
 * rules, with nothing changed.
 */
export async function withFares<Result>(folder: FaresFolder, work: (fares: Fares) => Promise<Result>): Promise<Result> {
  const { clock, random, signal, tariff, campaigns, policy, ...location } = folder;
  const rules = {
    tariff: loadTariffs(tariff ?? 'ningbo'),
    campaigns: loadCampaigns(campaigns ?? DEFAULT_CAMPAIGNS),
    policy: loadMembershipPolicy(policy ?? 'ningbo'),
  };
  const { keys, database } = await openKeptBooks(location, random);
  try {
    // No evidence is looked at again: what a tap proved when it came is kept.
    const caKeys = createCertificationAuthorityKeyStore([]);
    const intake = createIntake({ database, ...keys, caKeys, readFareCards, ...rules, clock });
    const audited = auditCommandLine(database, clock);
    let failure: unknown;
    const repricings = createRepricings({
      database,
      reprice: intake.reprice,
      fares: { tariff: rules.tariff.id, campaigns: rules.campaigns.id },
      clock,
      random,
      failed: (error) => {
        failure = error;
      },
    });
    signal?.addEventListener('abort', () => void repricings.stop());
    const toItsEnd = async (id: string) => {
      await repricings.done(id);
      if (failure !== undefined) throw failure;
      return repricings.read(id);
    };
    return await work({
      close: (serviceDay) =>
        audited({
          operation: 'closeServiceDay',
          parameters: { date: serviceDay },
          act: () => intake.closeServiceDay(serviceDay),
        }),
      reprice: ({ from, to, dryRun }) => {
        const parameters = { from, to, dryRun: String(dryRun) };
        return audited({
          operation: 'startRepricing',
          parameters,
          act: async () => (await toItsEnd((await repricings.start({ from, to, dryRun })).id))!,
          told: ({ id }) => ({ parameters: { ...parameters, id } }),
        });
      },
      resume: (id) =>
        audited({
          operation: 'resumeRepricing',
          parameters: { id },
          act: async () => (await repricings.resume(id)) && (await toItsEnd(id)),
        }),
    });
  } finally {
    await database.close();
  }
}
