import { type CheckedFile, type CheckedFinding, combineTariffs, FareError } from '../../gateway/fares/index.js';

/** Tariffs that would hold on the same days. Two copies of one tariff, of which neither says its days, are told too. */
export function overlapsOf(checked: readonly CheckedFile[]): (CheckedFinding & { readonly file: string })[] {
  const tariffs = checked.flatMap(({ tariff }) => (tariff ? [tariff] : []));
  if (tariffs.length < 2) return [];
  try {
    combineTariffs(tariffs);
    return [];
  } catch (error) {
    if (!(error instanceof FareError)) throw error;
    const file = checked.map((each) => each.file).join(', ');
    return error.allIssues.map((issue) => ({ ...issue, file, level: 'error', code: error.code }));
  }
}
