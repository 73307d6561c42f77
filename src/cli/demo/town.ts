import type { Morning } from './morning.js';
import { openTown, type Town } from './open-town.js';

const EXCHANGE_BEGAN = '2015-08-26T09:00:00+08:00';

/** All that the demo needs of Ningbo: the riders' cards, and a gateway that knows the members. */
export async function buildTown({ riders, serviceDay }: Morning, folder: string): Promise<Town> {
  const cards = Object.fromEntries(Object.entries(riders).map(([id, { profile }]) => [id, { profile }]));
  const town = await openTown(folder, `${serviceDay}T07:00:00+08:00`, cards);
  await registerMembers(town, riders);
  return town;
}

async function registerMembers({ gateway, panOf }: Town, riders: Morning['riders']): Promise<void> {
  const members = Object.entries(riders).flatMap(([id, { name, certifications, lostFrom, profile }]) => {
    const pan = panOf(id);
    if (certifications === undefined || pan === '') return [];
    const states = [
      { state: 'active', from: EXCHANGE_BEGAN },
      ...(lostFrom === undefined ? [] : [{ state: 'lost', from: lostFrom }]),
    ];
    const generation = profile === 'old-card-pboc2' ? 'pboc2' : 'pboc3';
    return [{ member: id, name, certifications, cards: [{ pan, generation, states }] }];
  });
  const { status, body } = await gateway.post('/v1/members/import', members);
  if (status !== 200) throw new Error(`the members were not taken: ${JSON.stringify(body)}`);
}
