import type { SettlementLine } from '../settlement.js';
import type { DayBooking } from './read-bookings.js';

export const NO_MONEY = { grossFen: 0, cardFen: 0, sponsorFen: 0, otherFen: 0, debitedFen: 0 };

/** A booking as a line of its operator's settlement. */
export const operatorLine = (booking: DayBooking): SettlementLine => ({
  record: 'charge',
  reference: booking.journeyId,
  revision: booking.revision,
  kind: booking.kind,
  service: booking.service,
  operator: '',
  grossFen: booking.grossFen,
  cardFen: booking.cardFen,
  sponsorFen: booking.sponsors.reduce((sum, { fen }) => sum + fen, 0),
  otherFen: 0,
  debitedFen: booking.debitedFen,
  reason: '',
});

/** A booking as lines of those who pay a part of it. */
export const sponsorLines = (
  booking: DayBooking,
): readonly { readonly sponsor: string; readonly line: SettlementLine }[] =>
  booking.sponsors.map(({ sponsor, fen }) => ({
    sponsor,
    line: {
      record: 'charge',
      reference: booking.journeyId,
      revision: booking.revision,
      kind: booking.kind,
      service: booking.service,
      operator: booking.operator,
      grossFen: 0,
      cardFen: 0,
      sponsorFen: fen,
      otherFen: 0,
      debitedFen: 0,
      reason: '',
    },
  }));
