import type { ChargesTable, EntriesTable, JourneysTable } from '../storage/index.js';

/** What is booked on one account of a journey. */
export type Balance = Pick<EntriesTable, 'account' | 'sponsor' | 'amount_fen'>;

export interface Booking {
  readonly charge: ChargesTable;
  readonly entries: readonly EntriesTable[];
}

export interface BookingInput {
  /** The journey as it is now, or as it was when it is no more. */
  readonly journey: JourneysTable;
  /** Whether the taps no longer make this journey. */
  readonly isGone: boolean;
  readonly booked: readonly Balance[];
  /** What they have told of what the card paid at the taps. */
  readonly bookedDebitedFen: number;
  /** How many bookings there are on the journey. */
  readonly revisions: number;
  /** The day in whose books this goes. */
  readonly serviceDay: string;
  readonly at: Date;
}

/** What has to be booked in all: the fare is owed to the operator, card and sponsors pay it. */
function balancesOf({ fare_fen, net_fen, funding }: JourneysTable): Balance[] {
  const sponsors: { sponsor: string; amountFen: number }[] = JSON.parse(funding);
  return [
    { account: 'fare', sponsor: '', amount_fen: -fare_fen },
    { account: 'card', sponsor: '', amount_fen: net_fen },
    ...sponsors.map(({ sponsor, amountFen }): Balance => ({ account: 'sponsor', sponsor, amount_fen: amountFen })),
  ];
}

/** Adds a balance to those of its account; they are few. */
function addTo(balances: Balance[], { account, sponsor, amount_fen }: Balance, sign: 1 | -1): void {
  const known = balances.find((balance) => balance.account === account && balance.sponsor === sponsor);
  if (known) known.amount_fen += sign * amount_fen;
  else balances.push({ account, sponsor, amount_fen: sign * amount_fen });
}

/**
 * What has to be added to the books so that they say what the journey costs now; nothing is taken away. `undefined`
 * where they say it already. Throws where the lines would not sum to zero.
 */
export function bookJourney(input: BookingInput): Booking | undefined {
  const { journey, isGone, booked, bookedDebitedFen, revisions, serviceDay, at } = input;
  const differences: Balance[] = [];
  if (!isGone) for (const balance of balancesOf(journey)) addTo(differences, balance, 1);
  for (const balance of booked) addTo(differences, balance, -1);
  const lines = differences.filter(({ amount_fen }) => amount_fen !== 0);
  const debited_fen = (isGone ? 0 : journey.debited_fen) - bookedDebitedFen;
  if (lines.length === 0 && debited_fen === 0) return undefined;
  const sumFen = lines.reduce((sum, { amount_fen }) => sum + amount_fen, 0);
  if (sumFen !== 0) throw new RangeError(`the entries of ${journey.id} sum to ${sumFen} fen and not to zero`);
  const { card_token, id: journey_id, operator, service } = journey;
  const revision = revisions + 1;
  return {
    charge: {
      card_token,
      journey_id,
      revision,
      operator,
      service_day: serviceDay,
      service,
      booked_at_ms: at.getTime(),
      kind: revisions === 0 ? 'charge' : 'correction',
      debited_fen,
      steps: isGone ? '[]' : journey.steps,
      tariff: journey.tariff,
    },
    entries: lines.map(({ account, sponsor, amount_fen }) => ({
      card_token,
      journey_id,
      revision,
      operator,
      service_day: serviceDay,
      account,
      sponsor,
      amount_fen,
    })),
  };
}
