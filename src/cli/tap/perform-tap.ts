import { takeCards } from './loop/take-cards.js';
import { openTerminal } from './open-terminal.js';
import { findRecording } from './recording/find-recording.js';
import type { TapOptions } from './tap-options.js';
import { TapRun } from './tap-run.js';

/** `yongtap tap`: taps cards, or a recorded conversation, as often as was asked for. */
export async function performTap(options: TapOptions): Promise<void> {
  const recording = await findRecording(options);
  const terminal = await openTerminal(options, recording);
  try {
    await takeCards(
      { ...options, recording, state: terminal.state },
      (setting) => new TapRun(terminal, { ...options, count: setting.count }, setting),
    );
  } finally {
    await terminal.close();
  }
}
