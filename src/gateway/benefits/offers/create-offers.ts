import { createGroupCommit } from '../../intake/group-commit.js';
import type { MembershipPolicy } from '../../membership/index.js';
import type { GatewayDatabase } from '../../storage/index.js';
import { type ChangeClaim, type ClaimChanged, changeClaim } from './change-claim.js';
import { type ArrivedClaim, claimTogether } from './claim-together.js';
import type { ClaimAnswer, ClaimRequest } from './claims.js';

export interface OffersOptions {
  readonly database: GatewayDatabase;
  readonly policy: MembershipPolicy;
  readonly clock: () => Date;
  readonly random: (length: number) => Uint8Array;
}

export interface Offers {
  /**
   * Answers a claim. Claims that come to this process are answered in the order in which they were handed in here, those
   * that come together by one look at the books and, where there is something to give, in one transaction.
   */
  claim(request: ClaimRequest): Promise<ClaimAnswer>;
  change(change: ChangeClaim): Promise<ClaimChanged>;
}

const NAME_LENGTH = 6;

/** Limited offers over one database; any number of processes may give out the same. */
export function createOffers({ database, policy, clock, random }: OffersOptions): Offers {
  const gateway = Buffer.from(random(NAME_LENGTH)).toString('hex');
  let arrivals = 0;
  const claimInOrder = createGroupCommit({
    work: async (claims: readonly ArrivedClaim[]) => ({
      answers: await claimTogether({ database, policy, clock, gateway }, claims),
    }),
    isForAll: (error) => database.failureOf(error) !== undefined,
  });
  return {
    claim: (request) => claimInOrder({ ...request, arrival: ++arrivals, atMs: clock().getTime() }),
    change: (change) => changeClaim({ database, clock }, change),
  };
}
