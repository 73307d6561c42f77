import levels from './levels.json';

/** A unit's place in the hierarchy of unions; `levels.json` tells what each may stand right below. */
export type UnitLevel = keyof typeof levels;

export const unitLevels = Object.keys(levels) as [UnitLevel, ...UnitLevel[]];

/** Whether a unit of a level may stand right below one of another; `null`: at the top. */
export const mayStandBelow = (level: UnitLevel, parent: UnitLevel | null): boolean =>
  (levels[level] as readonly (string | null)[]).includes(parent);
