import fc from 'fast-check';
import { expect, it } from 'vitest';
import { applyUnits, type SaidUnit } from '../../../src/gateway/units/apply-units.js';
import type { Unit } from '../../../src/gateway/units/index.js';

const city = { unit: 'c', name: 'city', level: 'city' } as const;
const grass = (unit: string, parent: string) => ({ unit, name: unit, level: 'grass-roots', parent }) as const;
const said = (units: readonly object[]): SaidUnit[] => units.map((unit, index) => ({ ...unit, index }) as SaidUnit);
const none: ReadonlyMap<string, Unit> = new Map();

const issuesOf = (units: readonly object[], known = none) =>
  applyUnits(known, said(units)).issues.map(({ index, column, code }) => [index, column, code]);

it('takes a hierarchy in any order, and twice the same', () => {
  const tree = [city, grass('a', 'c'), grass('b', 'a'), grass('d', 'b'), grass('e', 'c')];
  fc.assert(
    fc.property(fc.shuffledSubarray([...tree, ...tree], { minLength: 10 }), (units) => {
      const { units: made, issues } = applyUnits(none, said(units));
      expect(issues).toEqual([]);
      expect([...made.values()].map(({ path }) => path).sort()).toEqual([
        '/c/',
        '/c/a/',
        '/c/a/b/',
        '/c/a/b/d/',
        '/c/e/',
      ]);
      expect(applyUnits(made, said(units)).changes).toEqual([]);
    }),
    { numRuns: 30 },
  );
});

it('moves all that is below with a unit, however units move', () => {
  const ids = ['a', 'b', 'd', 'e', 'f'];
  let { units } = applyUnits(none, said([city, ...ids.map((id) => grass(id, 'c'))]));
  const move = fc.record({ unit: fc.constantFrom(...ids), parent: fc.constantFrom('c', ...ids) });
  fc.assert(
    fc.property(fc.array(move, { minLength: 1, maxLength: 20 }), (moves) => {
      for (const { unit, parent } of moves) {
        const below = units.get(parent)!.path.startsWith(units.get(unit)!.path);
        const applied = applyUnits(units, said([grass(unit, parent)]));
        expect(applied.issues.length > 0).toBe(below);
        if (!below) units = applied.units;
        for (const each of units.values()) {
          const above = each.parent === undefined ? '/' : units.get(each.parent)!.path;
          expect(each.path).toBe(`${above}${each.unit}/`);
        }
      }
    }),
    { numRuns: 30 },
  );
});

it('refuses what cannot be a hierarchy, with the place', () => {
  expect(issuesOf([grass('a', 'c')])).toEqual([[0, 'parent', 'parent-unknown']]);
  expect(issuesOf([city, grass('a', 'b'), grass('b', 'a')])).toEqual([[1, 'parent', 'unit-below-itself']]);
  expect(issuesOf([city, { ...city, name: 'other' }])).toEqual([[1, 'unit', 'contradiction']]);
  expect(issuesOf([{ ...city, level: 'district' }])).toEqual([[0, 'level', 'level-not-allowed-here']]);
  const { units } = applyUnits(none, said([city, grass('a', 'c')]));
  expect(issuesOf([{ unit: 'a', name: 'a', level: 'district', parent: 'c' }], units)).toEqual([
    [0, 'level', 'level-changed'],
  ]);
  const deep = Array.from({ length: 12 }, (_, index) => grass(`u${index}`, index === 0 ? 'c' : `u${index - 1}`));
  expect(issuesOf([city, ...deep])).toEqual([[12, 'parent', 'too-deep']]);
  const known = applyUnits(none, said([city, ...deep.slice(0, 11), grass('top', 'c')])).units;
  expect(issuesOf([grass('u0', 'top')], known)).toEqual([[0, 'parent', 'too-deep']]);
});
