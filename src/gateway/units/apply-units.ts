import { DEPTH_MAX, type NewUnit, pathBelow, type Unit } from './unit.js';
import { mayStandBelow } from './unit-levels.js';
import type { UnitIssue, UnitIssueCode } from './units-error.js';

/** A unit, and where it was said. */
export type SaidUnit = NewUnit & Pick<UnitIssue, 'index' | 'line'>;

export interface UnitChange {
  readonly unit: string;
  readonly event: 'recorded' | 'renamed' | 'moved';
}

export interface AppliedUnits {
  /** The whole hierarchy as it is then. */
  readonly units: ReadonlyMap<string, Unit>;
  readonly changes: readonly UnitChange[];
  /** Not empty: then nothing else counts. */
  readonly issues: readonly UnitIssue[];
}

const MESSAGES = {
  contradiction: 'something else is said of this unit before',
  'parent-unknown': 'there is no such unit, and none of this list',
  'level-changed': 'a unit stays on its level',
  'level-not-allowed-here': 'a unit of this level cannot stand right below that one',
  'unit-below-itself': 'a unit would stand below itself',
  'too-deep': `more than ${DEPTH_MAX} units one below the other`,
} as const satisfies Partial<Record<UnitIssueCode, string>>;

/**
 * The hierarchy as it is once what is said of units holds: in any order, above may come after below.
 *
 * @param known The hierarchy as it is, by unit.
 */
export function applyUnits(known: ReadonlyMap<string, Unit>, said: readonly SaidUnit[]): AppliedUnits {
  const issues: UnitIssue[] = [];
  const refuse = ({ index, line }: SaidUnit, column: string, code: keyof typeof MESSAGES) =>
    issues.push({ index, ...(line !== undefined && { line }), column, code, message: MESSAGES[code] });
  const saidOf = new Map<string, SaidUnit>();
  for (const unit of said) {
    const before = saidOf.get(unit.unit);
    if (before && !isSame(before, unit)) refuse(unit, 'unit', 'contradiction');
    saidOf.set(unit.unit, before ?? unit);
    const level = known.get(unit.unit)?.level ?? unit.level;
    if (level !== unit.level) refuse(unit, 'level', 'level-changed');
  }
  const now = (unit: string): NewUnit | undefined => saidOf.get(unit) ?? known.get(unit);
  for (const unit of saidOf.values()) {
    const parent = unit.parent === undefined ? undefined : now(unit.parent);
    if (unit.parent !== undefined && !parent) refuse(unit, 'parent', 'parent-unknown');
    else if (!mayStandBelow(unit.level, parent?.level ?? null)) refuse(unit, 'level', 'level-not-allowed-here');
  }
  if (issues.length > 0) return { units: known, changes: [], issues };
  const units = new Map<string, Unit>();
  for (const unit of [...known.keys(), ...saidOf.keys()]) {
    const fault = place(unit, now, units);
    if (fault && issues.length === 0) refuse(saidOf.get(unit) ?? said[0]!, 'parent', fault);
  }
  return { units, changes: issues.length > 0 ? [] : changesOf(known, saidOf), issues };
}

/** Works out the path of a unit and of all above it. */
function place(
  unit: string,
  now: (unit: string) => NewUnit | undefined,
  units: Map<string, Unit>,
): 'unit-below-itself' | 'too-deep' | undefined {
  const above: NewUnit[] = [];
  const passed = new Set<string>();
  let next = now(unit);
  for (; next && !units.has(next.unit); next = next.parent === undefined ? undefined : now(next.parent)) {
    if (passed.has(next.unit)) return 'unit-below-itself';
    passed.add(next.unit);
    above.push(next);
  }
  let path = next && units.get(next.unit)!.path;
  for (const { unit: id, name, level, parent } of above.reverse()) {
    path = pathBelow(id, path);
    if (path.split('/').length - 2 > DEPTH_MAX) return 'too-deep';
    units.set(id, { unit: id, name, level, ...(parent !== undefined && { parent }), path });
  }
  return undefined;
}

const isSame = (one: NewUnit, other: NewUnit): boolean =>
  one.name === other.name && one.level === other.level && one.parent === other.parent;

function changesOf(known: ReadonlyMap<string, Unit>, saidOf: ReadonlyMap<string, NewUnit>): UnitChange[] {
  return [...saidOf.values()].flatMap(({ unit, name, parent }): UnitChange[] => {
    const before = known.get(unit);
    if (!before) return [{ unit, event: 'recorded' }];
    return [
      ...(before.name === name ? [] : [{ unit, event: 'renamed' } as const]),
      ...(before.parent === parent ? [] : [{ unit, event: 'moved' } as const]),
    ];
  });
}
