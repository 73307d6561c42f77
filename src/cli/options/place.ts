import type { Place } from '../../tap/index.js';
import { CommandError } from '../exit-codes.js';

const numeric = new Set(['fareFen', 'distanceM', 'waitingS']);

const placeInvalid = (message: string) =>
  new CommandError('place-invalid', `--place: ${message}`, undefined, 'Write it as line=2,station=客运中心');

/** `line=2,station=客运中心` as the place of a tap record. Throws {@link CommandError}. */
export async function parsePlace(text: string): Promise<Place> {
  const { placeSchema } = await import('../../tap/index.js');
  const entries = text.split(',').map((pair) => {
    const separator = pair.indexOf('=');
    if (separator < 1) throw placeInvalid(`KEY=VALUE expected at "${pair}"`);
    const key = pair.slice(0, separator).trim();
    const value = pair.slice(separator + 1).trim();
    return [key, numeric.has(key) ? Number(value) : value] as const;
  });
  const place = placeSchema.safeParse(Object.fromEntries(entries));
  if (place.success) return place.data;
  const [issue] = place.error.issues;
  if (issue?.code === 'unrecognized_keys') {
    throw placeInvalid(
      `no ${issue.keys.join(', ')} in a place; there are ${Object.keys(placeSchema.shape).join(', ')}`,
    );
  }
  throw placeInvalid(`${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim());
}
