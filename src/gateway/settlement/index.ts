export { type CardInDebt, cardsInDebt } from './ledger/cards-in-debt.js';
