/**
 * Whether the card has debited, and written what it had cached: `made` once the last record was answered, `possible`
 * where that answer was lost (JR/T 0025.12-2013 7.7.19). A prepaid card debits with an ARQC too, and does not tell.
 */
export type Debit = 'none' | 'possible' | 'made';
