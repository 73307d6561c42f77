import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { dayAfter } from '../../calendar/day.js';
import { CommandError, exitCodes } from '../exit-codes.js';
import { tapSchemaView } from '../receipt/posted-tap.js';
import type { Morning } from './morning.js';
import type { Town } from './open-town.js';
import { type PlayedScene, playScene } from './play-scene.js';
import { type RiderSum, sum, sumRiders } from './sum-riders.js';
import { type Tampering, tamper } from './tampering.js';
import type { Totals } from './totals.js';
import { buildTown } from './town.js';

const booksSchema = z.object({
  operators: z.array(
    z.object({
      operator: z.string(),
      grossFen: z.int(),
      cardFen: z.int(),
      sponsors: z.array(z.object({ sponsor: z.string(), amountFen: z.int() })),
    }),
  ),
  grossFen: z.int(),
  cardFen: z.int(),
  sponsorFen: z.int(),
});

const journeysSchema = z.object({ journeys: z.array(tapSchemaView.journey.extend({ operator: z.string() })) });

export interface DemoResult {
  readonly scenes: readonly PlayedScene[];
  readonly tampering: readonly Tampering[];
  readonly journeys: z.infer<typeof journeysSchema>['journeys'];
  readonly operators: z.infer<typeof booksSchema>['operators'];
  readonly riders: readonly RiderSum[];
  readonly totals: Totals;
}

export interface DemoOptions {
  /** Called after each tap. */
  readonly onScene: (played: PlayedScene) => void;
  readonly signal: AbortSignal;
}

/**
 * Plays a morning with a gateway, cards and terminals of its own, which leave nothing behind, whether it comes to its
 * end or is called off.
 */
export async function runDemo(morning: Morning, options: DemoOptions): Promise<DemoResult> {
  const folder = await mkdtemp(join(tmpdir(), 'yongtap-demo-'));
  try {
    const town = await buildTown(morning, folder);
    try {
      return await play(morning, town, folder, options);
    } finally {
      await town.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function play(
  morning: Morning,
  town: Town,
  folder: string,
  { onScene, signal }: DemoOptions,
): Promise<DemoResult> {
  const { serviceDay } = morning;
  const scenes: PlayedScene[] = [];
  for (const scene of morning.scenes) {
    if (signal.aborted) throw new CommandError('called-off', 'the demo was called off', exitCodes.no);
    const played = await playScene(town, scene, serviceDay, folder);
    scenes.push(played);
    onScene(played);
  }
  const last = scenes.findLast(({ record, tap }) => record && tap);
  const tampering = last ? await tamper(last, town.gateway) : [];
  town.setClock(`${dayAfter(serviceDay)}T04:00:00+08:00`);
  const closed = await town.gateway.post(`/v1/service-days/${serviceDay}/close`, undefined);
  const { operators, grossFen, cardFen, sponsorFen } = booksSchema.parse(closed.body);
  const { journeys } = journeysSchema.parse(await town.gateway.get('/v1/journeys'));
  const riders = sumRiders(morning, scenes);
  const totals = {
    grossFen,
    cardFen,
    sponsorFen,
    debitedFen: sum(journeys.map(({ debitedFen }) => debitedFen)),
    dueFen: sum(journeys.map(({ dueFen }) => dueFen)),
    pursesFen: sum(riders.map(({ debitedFen }) => debitedFen)),
    setAsideFen: sum(riders.map(({ setAsideFen }) => setAsideFen)),
  };
  return { scenes, tampering, journeys, operators, riders, totals };
}
