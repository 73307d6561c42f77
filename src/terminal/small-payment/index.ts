export type { FareTable, PlaceCode, SecureAccessModule, SmallPaymentPorts } from './small-payment-ports.js';
