import type { Town } from '../../demo/open-town.js';
import { benefits } from './chapters/benefits.js';
import { cards } from './chapters/cards.js';
import { certification } from './chapters/certification.js';
import { exchange } from './chapters/exchange.js';
import { leaving } from './chapters/leaving.js';
import { list } from './chapters/list.js';
import { loss } from './chapters/loss.js';
import { people } from './chapters/people.js';
import { privacy } from './chapters/privacy.js';
import type { Chapter } from './example-step.js';
import { makeUpMembers } from './made-up-members.js';
import { UNIT_SIZE } from './unit.js';

/** Half a year of a unit of 200 members, step by step; each is a real request, tap or log-in. */
export async function* playUnit(town: Town, folder: string): Chapter {
  const members = makeUpMembers(UNIT_SIZE);
  const stage = { town, folder, members, people: yield* people(town) };
  const registered = yield* list(stage);
  yield* privacy(stage, registered);
  yield* cards(stage, registered);
  yield* exchange(stage, registered);
  yield* certification(stage, registered);
  yield* loss(stage, registered);
  yield* benefits(stage, registered);
  yield* leaving(stage, registered);
}
