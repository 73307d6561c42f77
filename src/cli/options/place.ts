import { InvalidArgumentError } from 'commander';
import { type Place, placeSchema } from '../../tap/index.js';

const numeric = new Set(['fareFen', 'distanceM', 'waitingS']);

/** `line=2,station=客运中心` as the place of a tap record. */
export function parsePlace(text: string): Place {
  const entries = text.split(',').map((pair) => {
    const separator = pair.indexOf('=');
    if (separator < 1) throw new InvalidArgumentError(`KEY=VALUE expected at "${pair}"`);
    const key = pair.slice(0, separator).trim();
    const value = pair.slice(separator + 1).trim();
    return [key, numeric.has(key) ? Number(value) : value] as const;
  });
  const place = placeSchema.safeParse(Object.fromEntries(entries));
  if (place.success) return place.data;
  const [issue] = place.error.issues;
  throw new InvalidArgumentError(`${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim());
}
