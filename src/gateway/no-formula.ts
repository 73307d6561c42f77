/** What a spreadsheet would take for a formula (OWASP, CSV injection). */
const FORMULA = /^[=+\-@\t\r\n|%]/;

/** A cell that a spreadsheet shows as it stands: it works nothing out. */
export const noFormula = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);
