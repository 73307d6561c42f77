import levels from './levels.json';

/** A unit's place in the hierarchy of unions. */
export type UnitLevel = keyof typeof levels;

export const unitLevels = Object.keys(levels) as [UnitLevel, ...UnitLevel[]];

export const unitLevelNames: Readonly<Record<UnitLevel, { readonly name: string; readonly nameZh: string }>> = levels;

/** Whether a unit of a level may stand right below one of another; `null`: at the top. */
export const mayStandBelow = (level: UnitLevel, parent: UnitLevel | null): boolean =>
  (levels[level].below as readonly (string | null)[]).includes(parent);
