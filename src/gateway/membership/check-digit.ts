import { hasRightCheckDigit as isRight } from '../../../emv/card-number.js';

/** A card number without the blanks and hyphens that people put between its digits. */
export const digitsOf = (pan: string): string => pan.replace(/[ -]/g, '');

/** Whether the last digit of a card number, as people write it, is the one that the others ask for. */
export const hasRightCheckDigit = (pan: string): boolean => isRight(digitsOf(pan));
