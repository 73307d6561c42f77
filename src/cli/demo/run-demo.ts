import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { tapSchemaView } from '../receipt/posted-tap.js';
import type { Morning } from './morning.js';
import { type PlayedScene, playScene } from './play-scene.js';
import { type Tampering, tamper } from './tampering.js';
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
  readonly totals: {
    readonly grossFen: number;
    readonly cardFen: number;
    readonly sponsorFen: number;
    readonly debitedFen: number;
    readonly dueFen: number;
  };
}

export interface DemoListener {
  scene(played: PlayedScene): void;
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

/** Plays a morning with a gateway, cards and terminals of its own, which leave nothing behind. */
export async function runDemo(morning: Morning, listener: DemoListener): Promise<DemoResult> {
  const folder = await mkdtemp(join(tmpdir(), 'yongtap-demo-'));
  const { serviceDay } = morning;
  try {
    const town = await buildTown(morning, folder);
    try {
      const scenes: PlayedScene[] = [];
      for (const scene of morning.scenes) {
        const played = await playScene(town, scene, serviceDay, folder);
        scenes.push(played);
        listener.scene(played);
      }
      const last = scenes.findLast(({ record, tap }) => record && tap);
      const tampering = last ? await tamper(last, town.gateway) : [];
      town.setClock(`${nextDay(serviceDay)}T04:00:00+08:00`);
      const closed = await town.gateway.post(`/v1/service-days/${serviceDay}/close`, undefined);
      const { operators, ...books } = booksSchema.parse(closed.body);
      const { journeys } = journeysSchema.parse(await town.gateway.get('/v1/journeys'));
      const totals = {
        ...books,
        debitedFen: sum(journeys.map(({ debitedFen }) => debitedFen)),
        dueFen: sum(journeys.map(({ dueFen }) => dueFen)),
      };
      return { scenes, tampering, journeys, operators, totals };
    } finally {
      await town.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
