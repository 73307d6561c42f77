import { createSoftwareChannel } from '../../readers/index.js';
import type { TapRecord } from '../../tap/index.js';
import type { DenyList, TapResult } from '../../terminal/index.js';
import { benchTerminal } from '../tap/bench-terminal.js';
import { postWaiting, readPostedTap } from '../tap/keep-and-post.js';
import { openBenchQueue, runTap } from '../tap/run-tap.js';
import { trustedKeys } from '../trusted-keys.js';
import type { Scene } from './morning.js';
import type { Town } from './open-town.js';

export interface PlayedScene {
  readonly scene: Scene;
  readonly at: string;
  readonly result: TapResult;
  readonly record?: TapRecord;
  readonly debitedFen: number;
  /** The gateway's answer; absent where the terminal accepted no tap. */
  readonly tap?: unknown;
}

/** One tap: card, terminal and its queue on the disk, upload, receipt. Nothing is skipped and nothing made up. */
export async function playScene(
  town: Town,
  scene: Scene,
  serviceDay: string,
  folder: string,
  denyList?: DenyList,
): Promise<PlayedScene> {
  const card = town.cards.get(scene.rider);
  if (!card) throw new Error(`nobody is called ${scene.rider}`);
  const at = `${serviceDay}T${scene.at}+08:00`;
  town.setClock(at);
  const bench = benchTerminal({ ...scene, profile: scene.terminal, terminal: scene.name });
  const queue = await openBenchQueue(folder, bench);
  const channel = createSoftwareChannel(card, scene.rider);
  const before = balanceOf(card);
  try {
    const { result, record } = await runTap(queue, bench, {
      channel,
      clock: () => new Date(at),
      caKeys: trustedKeys({ testCards: true }),
      ...(denyList && { denyList }),
    });
    const played = { scene, at, result, debitedFen: before - balanceOf(card) };
    if (!record) return played;
    const { answers } = await postWaiting(queue, town.gateway);
    const id = answers.find(({ sequence }) => sequence === record.sequence)?.id;
    return { ...played, record, ...(id !== undefined && { tap: await readPostedTap(id, town.gateway) }) };
  } finally {
    await channel.close();
    await queue.close();
  }
}

const balanceOf = (card: { inspect(): { applications: readonly { purse: { balanceFen?: number | undefined } }[] } }) =>
  card.inspect().applications[0]?.purse.balanceFen ?? 0;
