import type { Unit } from '../../units/index.js';
import type { RowIssueCode } from './row-issue.js';

/** The unit that a cell names; without one that of the list. */
export type FindUnit = (named: string | undefined) => { readonly unit: string } | { readonly issue: RowIssueCode };

const plain = (text: string): string => text.normalize('NFKC').replace(/\s/g, '').toLowerCase();

/** `own`: the list's unit; `units`: this one and all below it, which is all that is looked at. */
export function createUnitFinder(own: Unit, units: readonly Unit[]): FindUnit {
  const named = new Map<string, Unit[]>();
  for (const unit of units) {
    for (const key of new Set([plain(unit.unit), plain(unit.name)])) named.set(key, [...(named.get(key) ?? []), unit]);
  }
  return (text) => {
    const found = text === undefined ? [own] : (named.get(plain(text)) ?? []);
    const [first] = found;
    if (first === undefined) return { issue: 'unit-unknown' };
    if (found.length > 1) return { issue: 'unit-ambiguous' };
    return first.level === 'grass-roots' ? { unit: first.unit } : { issue: 'unit-not-grass-roots' };
  };
}
