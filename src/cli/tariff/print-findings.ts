import type { CheckedFinding } from '../../gateway/fares/index.js';
import type { Colours } from '../colours.js';

/** One line each, as editors and compilers write them, and the sum. */
export function printFindings(
  files: number,
  findings: readonly (CheckedFinding & { readonly file: string })[],
  colours: Colours,
): string[] {
  const lines = findings.map(({ file, line, column, level, place, message, code }) => {
    const where = [file, line, column].filter((part) => part !== undefined).join(':');
    const kind = level === 'error' ? colours.red('error') : colours.yellow('warning');
    return `${colours.bold(where)}: ${kind}: ${place === undefined ? '' : `${place}: `}${message} ${colours.dim(`[${code}]`)}`;
  });
  const count = (level: CheckedFinding['level']) => findings.filter((finding) => finding.level === level).length;
  const [errors, warnings] = [count('error'), count('warning')];
  const sum = `${files} ${files === 1 ? 'file' : 'files'}, ${errors} wrong, ${warnings} hardly meant`;
  return [...lines, errors > 0 ? colours.red(sum) : warnings > 0 ? colours.yellow(sum) : colours.green(sum)];
}
