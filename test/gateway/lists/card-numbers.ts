/** As many card numbers as wanted, each with its check digit (ISO/IEC 7812-1 annex B). */
export function cardNumbers(count: number): string[] {
  return Array.from({ length: count }, (_, index) => withCheckDigit(`622800900${String(index).padStart(9, '0')}`));
}

function withCheckDigit(digits: string): string {
  let sum = 0;
  for (const [place, digit] of [...digits].reverse().entries()) {
    const value = Number(digit) * (place % 2 === 0 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return `${digits}${(10 - (sum % 10)) % 10}`;
}
