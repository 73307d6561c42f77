import { createCertificationAuthorityKeyStore } from '../../../../emv/index.js';
import {
  createTestPki,
  FaultPlan,
  issueCard,
  openCard,
  type SoftwareCard,
  testCaKeys,
  withFaults,
} from '../../../../simulator/index.js';
import { createSoftwareChannel } from '../../../readers/index.js';
import type { TapRecord } from '../../../tap/index.js';
import { type TapResult, tapCard, terminalProfiles } from '../../../terminal/index.js';
import { profileNamed } from '../city/city.js';
import { type FleetPlan, randomFor } from '../plan/fleet-plan.js';
import { planDay, type RidersDay } from '../plan/plan-day.js';
import type { Rider } from '../plan/rider.js';
import type { PlannedTap } from '../plan/trip.js';
import type { SeededRandom } from '../seeded-random.js';
import { forgers, forgeryKinds, withOtherContent } from './forge.js';
import { type Delivery, type ExpectedAnswer, type Item, keyOf, tailOf } from './item.js';
import type { Tally } from './tally.js';

/** What a rider's day needs of the world around. */
export interface RideOptions {
  /** A stopwatch in milliseconds, to tell issuing from tapping. */
  readonly now: () => number;
  /** Counts presentations and what became of them. */
  readonly tally: Tally;
  /** Milliseconds that went by while the card was made, and while it was tapped. */
  readonly spent: { issuingMs: number; tappingMs: number };
  readonly onItem: (item: Item) => void;
  readonly onTap: () => void;
}

/** Between a torn tap and the next try, and between a genuine tap and the forgery made of it. */
const RETRY_AFTER_S = 8;
const FORGED_AFTER_S = 120;
const HOURS_LATE_MAX = 9;

const deliveryNames = { late: 'uploaded-late', again: 'uploaded-twice', other: 'uploaded-with-other-content' } as const;

/** The keys under which the fleet's cards are: whether Node.js can do SM2 must not change a day. */
const caKeys = () =>
  createCertificationAuthorityKeyStore(testCaKeys(createTestPki()).filter(({ algorithm }) => algorithm === 'rsa'));
let trusted: ReturnType<typeof caKeys> | undefined;

/**
 * Issues a rider's card and taps it all day: the card, the terminal's kernel and their signatures are real, and what
 * goes wrong goes wrong for real. The same plan and number give the same items, in whatever process.
 */
export async function rideDay(plan: FleetPlan, number: number, count: number, options: RideOptions): Promise<void> {
  trusted ??= caKeys();
  const day = planDay(plan, number, count);
  const began = options.now();
  const random = randomFor(plan, 'taps', number);
  const file = issueCard(profileNamed(day.rider.profile), createTestPki(), {
    pan: day.rider.pan,
    ...(day.rider.profile !== 'empty-purse' && hasPurse(day.rider) && { balanceFen: day.rider.balanceFen }),
    ...(plan.keys !== undefined && { seed: `fleet/${number % plan.keys}` }),
  });
  const card = openCard(file, { random: (length) => random.bytes(length) });
  const issued = options.now();
  await new Riding(plan, day, card, random, options).ride();
  options.spent.issuingMs += issued - began;
  options.spent.tappingMs += options.now() - issued;
}

const hasPurse = ({ profile }: Rider): boolean => profileNamed(profile).applications[0]!.electronicCash !== undefined;

class Riding {
  #step = 0;
  #earlier: TapRecord | undefined;

  constructor(
    private readonly plan: FleetPlan,
    private readonly day: RidersDay,
    private readonly card: SoftwareCard,
    private readonly random: SeededRandom,
    private readonly options: RideOptions,
  ) {}

  async ride(): Promise<void> {
    const { onTap, tally } = this.options;
    tally.add('exit-missing', this.day.exitsMissing);
    for (const tap of this.day.taps) {
      onTap();
      const first = await this.#present(tap, tap.tornAt);
      this.#take(tap.at, first);
      if (first.outcome !== 'torn' || !tap.isRetried) continue;
      tally.add('presented-again');
      const again = { ...tap, at: tap.at + RETRY_AFTER_S };
      this.#take(again.at, await this.#present(again));
    }
  }

  async #present(tap: PlannedTap, tornAt?: number): Promise<TapResult> {
    const { operator, terminal, event, place, amountFen } = tap;
    const channel = createSoftwareChannel(tornAt === undefined ? this.card : torn(this.card, tornAt));
    try {
      return await tapCard({
        channel,
        profile: terminalProfiles[tap.profile],
        operator,
        terminal,
        event,
        place,
        amountFen,
        sequence: 1,
        clock: () => new Date(tap.at * 1000),
        random: (length) => this.random.bytes(length),
        caKeys: trusted!,
        // A busy machine is no slow card: the same seed has to give the same taps on it.
        now: () => 0,
      });
    } finally {
      await channel.close();
    }
  }

  #take(at: number, { outcome, reason, tapRecord }: TapResult): void {
    const { tally } = this.options;
    tally.add('presentations');
    if (tapRecord === undefined) {
      tally.add(outcome === 'torn' ? 'torn' : `terminal-refused:${reason}`);
      return;
    }
    tally.add('accepted');
    const expected = this.#expectedAt(at);
    const delivery = this.#delivery();
    if (delivery.kind !== 'now') tally.add(deliveryNames[delivery.kind]);
    this.#emit(at, tapRecord, delivery, expected);
    // Of what comes late nobody could tell the forgery from the original.
    if (delivery.kind === 'now' && this.random.happens(this.plan.shares.forged)) this.#forge(at, tapRecord);
    this.#earlier = tapRecord;
  }

  #expectedAt(at: number): ExpectedAnswer {
    const { lostFrom } = this.day;
    return lostFrom !== undefined && at >= lostFrom ? 'refused:card-lost' : 'created';
  }

  #delivery(): Delivery {
    const { late, doubled, conflicting } = this.plan.shares;
    const hours = this.random.whole(1, HOURS_LATE_MAX);
    const chance = this.random.fraction();
    if (chance < late) return { kind: 'late', hours };
    if (chance < late + doubled) return { kind: 'again', hours };
    return chance < late + doubled + conflicting ? { kind: 'other', hours } : { kind: 'now' };
  }

  #forge(at: number, genuine: TapRecord): void {
    // On the day that the card was told: what is dated otherwise would be found out by that.
    const later = Math.min(at + FORGED_AFTER_S, lastSecondOfDay(at));
    const { record, expected } = forgers[this.random.pick(forgeryKinds)]({
      genuine,
      earlier: this.#earlier,
      at: inChina(later),
    });
    this.options.tally.add('forged');
    this.#emit(later, record, { kind: 'now' }, expected);
  }

  #emit(at: number, record: TapRecord, delivery: Delivery, expected: ExpectedAnswer): void {
    const { operator, terminal } = record;
    this.options.onItem({
      key: keyOf(at, this.day.rider.number, this.#step++),
      operator,
      terminal,
      delivery,
      expected,
      tail: tailOf(record),
      otherTail: delivery.kind === 'other' ? tailOf(withOtherContent(record)) : '',
    });
  }
}

/** The card once more, which leaves the field before it has answered this command. */
const torn = (card: SoftwareCard, command: number) =>
  withFaults(card, new FaultPlan([{ kind: 'tear', at: command, bytes: 0 }]), { sleep: async () => undefined });

const CHINA_OFFSET_S = 8 * 3600;
const DAY_S = 86_400;

const lastSecondOfDay = (at: number): number =>
  Math.ceil((at + CHINA_OFFSET_S + 1) / DAY_S) * DAY_S - CHINA_OFFSET_S - 1;

const inChina = (at: number): string =>
  new Date((at + CHINA_OFFSET_S) * 1000).toISOString().replace(/\.\d+Z$/, '+08:00');
