import type { Place, Service, TapEvent, TapRecord } from '../../tap/index.js';
import type { ExceptionKind, ExceptionPage, ExceptionQuery, ExceptionView } from '../exceptions/index.js';
import type { PricedJourney } from '../fares/index.js';
import type { MembershipReason } from '../membership/decide/index.js';
import type { Reading, ReadTap } from './examination/index.js';
import type { RepriceQuery, RepriceReport } from './reprice-report.js';
import type { TapRefusal } from './tap-refusals.js';

/** Where every tap comes in, is made durable, priced and booked, and where the books are read and closed. */
export interface Intake {
  /**
   * Kept is what has been answered. Taps that come at the same time share one commit. `uploadedAt`: when the request
   * began that brings it.
   */
  accept(tap: TapRecord | ReadTap, uploadedAt?: Date): Promise<ToldAnswer>;
  /** Reads a record's JSON, which need not be one, and all that can be known of it without the books. */
  read(text: string): Promise<Reading>;
  /** The answer that `accept` would give now; nothing is kept. Taps that come at the same time see one another. */
  preview(tap: TapRecord | ReadTap): Promise<ToldAnswer>;
  readTap(id: string): Promise<TapView | undefined>;
  /** The records kept under an identity as they came: card numbers in clear, for a tribunal and not for a log. */
  inspectTap(id: string): Promise<TapInspection | undefined>;
  /** In order of their start. */
  journeys(query: JourneyQuery): Promise<JourneyPage>;
  /** What was booked on journeys, first charges and corrections, in order of booking. */
  charges(query: ChargeQuery): Promise<ChargePage>;
  /** What wants a person's look, in order of when the gateway came to know of it. */
  exceptions(query: ExceptionQuery): Promise<ExceptionPage>;
  exception(id: string): Promise<ExceptionView | undefined>;
  countExceptions(): Promise<Readonly<Record<ExceptionKind, number>>>;
  /** Writes down what was found out; the exception as it is then. */
  resolveException(
    id: string,
    resolution: { readonly note: string; readonly by: string },
  ): Promise<ExceptionView | undefined>;
  /**
   * Closes the books of a service day (YYYY-MM-DD): journeys that wait for a tap are priced as incomplete. Closing it
   * again changes nothing. Throws IntakeError `service-day-invalid` or `service-day-not-over`.
   */
  closeServiceDay(serviceDay: string): Promise<ClosedServiceDay>;
  totals(serviceDay: string): Promise<ServiceDayTotals>;
  /**
   * Prices the cards' journeys of some service days again, under tariff, campaigns and status as they are now, and books
   * what they cost more or less as corrections. Doing it again books nothing more. Throws IntakeError
   * `service-day-invalid`.
   */
  reprice(query: RepriceQuery): Promise<RepriceReport>;
}

export interface TapAnswer {
  /** `exists`: the answer to the same record, given again. */
  readonly result: 'created' | 'exists' | 'conflict' | 'refused';
  readonly id: string;
  /** Why not; `tapRefusals` explains it. */
  readonly code?: TapRefusal;
  readonly detail?: string;
  readonly receipt?: Receipt;
}

/** An answer to be passed on: its receipt, most of it, is JSON already. */
export interface ToldAnswer extends Omit<TapAnswer, 'receipt'> {
  readonly receipt?: string;
}

/** What a tap came to as the taps stood when it was accepted. */
export interface Receipt {
  readonly tapId: string;
  readonly cardMask: string;
  readonly service: Service;
  readonly event: TapEvent;
  readonly at: string;
  readonly journey?: ReceiptJourney;
  /** Absent where there is no journey, and from receipts that were given before it was told. */
  readonly membership?: ReceiptMembership;
}

/** Whether the rider has a member's benefits on a journey, and why, in the words of prices and of the member's page. */
export interface ReceiptMembership {
  /** The first tap of the journey: status is read as of its instant. */
  readonly at: string;
  /** The year for which a certification counts or would be needed. */
  readonly year: number;
  readonly entitled: boolean;
  readonly reason: MembershipReason;
  readonly text: string;
  readonly textZh: string;
  /** Of an open journey: the campaigns that it loses by this alone. Of a priced one its steps tell. */
  readonly lost?: readonly LostCampaign[];
}

export interface LostCampaign {
  readonly campaign: string;
  readonly text: string;
  readonly textZh: string;
}

export interface ReceiptJourney extends Omit<PricedJourney, 'tapIds' | 'tariff'> {
  /** What the card paid at the taps. */
  readonly debitedFen: number;
  /** netFen − debitedFen: still to be collected or, below zero, to be given back to the card. */
  readonly dueFen: number;
}

export interface JourneyView extends ReceiptJourney {
  readonly cardToken: string;
  readonly cardMask: string;
  readonly operator: string;
  readonly tapIds: readonly string[];
  /** The version of the tariff that made the price; absent where it was made before there were versions. */
  readonly tariff?: string;
}

/** One booking on a journey, never changed: revision 1 is what was booked first, each further one corrects. */
export interface ChargeView {
  readonly journeyId: string;
  readonly revision: number;
  readonly kind: 'charge' | 'correction';
  readonly cardToken: string;
  readonly operator: string;
  readonly service: Service;
  /** The day in whose books it is: the journey's own or, where that was closed, a later one. */
  readonly serviceDay: string;
  readonly bookedAt: string;
  /** They sum to zero: the fare is negative, what card and sponsors pay is positive. */
  readonly entries: readonly ChargeEntry[];
  /** How the price came about that the journey has after this booking; empty where the journey is no more. */
  readonly steps: PricedJourney['steps'];
  /** The version of the tariff that made it; absent where it was made before there were versions. */
  readonly tariff?: string;
}

export interface ChargeEntry {
  readonly account: 'fare' | 'card' | 'sponsor';
  /** Who pays, where the account is `sponsor`. */
  readonly sponsor?: string;
  readonly amountFen: number;
}

/** A tap with the answer that was given when it came, for ever the same. */
export interface TapView {
  readonly id: string;
  readonly operator: string;
  readonly terminal: string;
  readonly sequence: number;
  /** Empty where no card number could be read. */
  readonly cardToken: string;
  readonly cardMask: string;
  readonly applicationTransactionCounter?: number;
  /** Whether it was computed anew with a key of the card's issuer, and was right. */
  readonly cryptogram: 'verified' | 'not-checked';
  readonly at: string;
  readonly serviceDay: string;
  readonly service: Service;
  readonly event: TapEvent;
  readonly place: Place;
  readonly amountFen: number;
  readonly result: 'created' | 'refused';
  readonly code?: TapRefusal;
  readonly detail?: string;
  readonly receipt?: Receipt;
  /** Why it takes part in no journey as the taps stand now. */
  readonly refusal?: TapRefusal;
  /** The journey that it belongs to as the taps stand now. */
  readonly journeyId?: string;
  /** When the request began that brought it, and when it was kept. */
  readonly uploadedAt?: string;
  readonly receivedAt: string;
  /** How many other contents came under its identity. */
  readonly conflicts: number;
}

export interface TapInspection {
  readonly record: TapRecord;
  readonly conflicting: readonly TapRecord[];
}

interface PageQuery {
  /** At most so many; 1 to 1000. */
  readonly limit: number;
  /** `next` of the page before. */
  readonly after?: string | undefined;
  readonly operator?: string | undefined;
  /** Instants, `to` exclusive: of the start of journeys, of the booking of charges. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export interface JourneyQuery extends PageQuery {
  readonly cardToken?: string | undefined;
}

export interface ChargeQuery extends PageQuery {
  readonly cardToken?: string | undefined;
  readonly journeyId?: string | undefined;
  readonly serviceDay?: string | undefined;
}

/** `next` is absent on the last page. */
export interface JourneyPage {
  readonly journeys: readonly JourneyView[];
  readonly next?: string;
}

export interface ChargePage {
  readonly charges: readonly ChargeView[];
  readonly next?: string;
}

/** What is booked on a service day: grossFen = cardFen + sponsorFen. */
export interface ServiceDayTotals {
  readonly serviceDay: string;
  /** Whether the day is closed, so that these figures stay. */
  readonly closed: boolean;
  /** In order of their names. */
  readonly operators: readonly OperatorTotals[];
  readonly grossFen: number;
  readonly cardFen: number;
  readonly sponsorFen: number;
}

/** grossFen = cardFen + the sum of sponsors. */
export interface OperatorTotals {
  readonly operator: string;
  /** How many journeys something is booked on, and not taken back on the same day. */
  readonly journeys: number;
  readonly grossFen: number;
  readonly cardFen: number;
  /** In order of their names. */
  readonly sponsors: readonly { readonly sponsor: string; readonly amountFen: number }[];
}

export interface ClosedServiceDay extends ServiceDayTotals {
  /** How many journeys waited for a tap until now. */
  readonly closedJourneys: number;
}
