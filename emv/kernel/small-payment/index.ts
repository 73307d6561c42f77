export type {
  PortAnswer as SmallPaymentPortAnswer,
  PortRequest as SmallPaymentPortRequest,
  RecordReference,
} from './port-request.js';
export type { SmallPaymentAnswer, SmallPaymentExchange, SmallPaymentRequest } from './small-payment-exchange.js';
export {
  type SmallPaymentOutcome,
  type SmallPaymentTerminal,
  smallPaymentTransaction,
} from './small-payment-transaction.js';
export {
  type CappContents,
  type CappIndicator,
  type CappUpdate,
  cappFiles,
  cappIndicators,
  type Trade,
  type TradeDecision,
} from './trade.js';
export { type DiscountTradeOptions, discountTrade } from './trades/discount-trade.js';
export { isJourneyOpen, type JourneyTradeOptions, journeyTrade } from './trades/journey-trade.js';
export { type PreAuthorizationTradeOptions, preAuthorizationTrade } from './trades/pre-authorization-trade.js';
export { type TicketTradeOptions, ticketTrade } from './trades/ticket-trade.js';
