export { readFareCards } from './read-fare-cards.js';
