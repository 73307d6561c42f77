/** A card number without the blanks and hyphens that people put between its digits. */
export const digitsOf = (pan: string): string => pan.replace(/[ -]/g, '');

/** Whether the last digit of a card number is the one that the others ask for (ISO/IEC 7812-1 annex B, Luhn). */
export function hasRightCheckDigit(pan: string): boolean {
  const sum = [...digitsOf(pan)].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
