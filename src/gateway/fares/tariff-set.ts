import { onceFor } from '../../../emv/once-for.js';
import { FareError } from './fare-error.js';
import type { Tariff } from './tariff-schema.js';

/** Versions of a tariff, each for days of its own. */
export interface TariffSet {
  readonly id: string;
  readonly serviceDayBegins: string;
  /** In order of the day from which they hold. */
  readonly versions: readonly Tariff[];
}

/** What a price is made under: several versions, each for its days, or one tariff for every day. */
export type Tariffs = Tariff | TariffSet;

/** How a version is named where a price is explained. */
export const versionName = ({ id, version = 1 }: Pick<Tariff, 'id' | 'version'>): string =>
  version === 1 ? id : `${id}@${version}`;

/**
 * Versions as a set. Each holds from its `from` to its `to`, or until the next one begins. Throws {@link FareError}
 * where two begin on one day, one reaches into the next, or service days begin at different times.
 */
export function combineTariffs(tariffs: readonly Tariff[], id?: string): TariffSet {
  const versions = [...tariffs].sort((one, other) => compareText(one.from ?? '', other.from ?? ''));
  const [first] = versions;
  if (!first) throw new FareError('tariff-invalid', [{ message: 'name at least one tariff' }]);
  const issues = versions.flatMap((version, index) => issuesBeside(version, versions[index + 1]));
  if (issues.length > 0) throw new FareError('tariff-invalid', issues);
  return { id: id ?? versions.map(versionName).join('+'), serviceDayBegins: first.serviceDayBegins, versions };
}

const compareText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

function issuesBeside(version: Tariff, next: Tariff | undefined) {
  if (!next) return [];
  const [one, other] = [versionName(version), versionName(next)];
  const issues = [];
  if ((version.from ?? '') === (next.from ?? '')) {
    issues.push({
      place: 'from',
      message: `${one} and ${other} begin on the same day: ${next.from ?? 'no day is named'}`,
    });
  } else if (version.to !== undefined && version.to >= (next.from ?? '')) {
    issues.push({ place: 'to', message: `${one} holds until ${version.to}, and ${other} from ${next.from}` });
  }
  if (version.serviceDayBegins !== next.serviceDayBegins) {
    issues.push({
      place: 'serviceDayBegins',
      message: `${one} and ${other} let the service day begin at different times`,
    });
  }
  return issues;
}

/** A tariff alone holds on every day, whatever it says of its days: what a price would be under it. */
const alone = onceFor(
  (tariff: Tariff): TariffSet => ({
    id: versionName(tariff),
    serviceDayBegins: tariff.serviceDayBegins,
    versions: [withoutDays(tariff)],
  }),
);

// The parts stay the same objects: what is worked out of them is kept by them.
function withoutDays(tariff: Tariff): Tariff {
  const { from: _, to: __, ...rest } = tariff;
  return rest;
}

export const tariffSetOf = (tariffs: Tariffs): TariffSet => ('versions' in tariffs ? tariffs : alone(tariffs));

/** The version that holds on a service day (YYYY-MM-DD); `undefined` where none does. */
export function tariffOn({ versions }: TariffSet, serviceDay: string): Tariff | undefined {
  for (let index = versions.length - 1; index >= 0; index--) {
    const version = versions[index]!;
    if (version.from !== undefined && version.from > serviceDay) continue;
    return version.to !== undefined && version.to < serviceDay ? undefined : version;
  }
  return undefined;
}
