import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openTapQueue, type TapQueue, type TapQueueOptions, type UnnumberedTap } from '../../../src/terminal/index.js';
import { sampleTap } from '../../tap/sample-tap.js';

export const key = new Uint8Array(32).fill(7);
export const owner = { operator: sampleTap.operator, terminal: sampleTap.terminal };

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'yongtap-queue-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function openQueue(folder: string, options: Partial<TapQueueOptions> = {}): Promise<TapQueue> {
  return openTapQueue(folder, { key, random: (length) => randomBytes(length), ...owner, ...options });
}

/** A tap that tells by its amount which one it is. */
export function tapOf(amountFen: number): UnnumberedTap {
  const { sequence: _, ...tap } = sampleTap;
  return { ...tap, amountFen };
}

export const created = (...sequences: number[]) =>
  sequences.map((sequence) => ({ sequence, result: 'created' as const }));

/** The files of a queue with their content, without its lock. */
export function filesOf(folder: string): Map<string, Uint8Array> {
  const names = readdirSync(folder).filter((name) => !name.startsWith('lock') && statSync(join(folder, name)).isFile());
  return new Map(names.sort().map((name) => [name, new Uint8Array(readFileSync(join(folder, name)))]));
}
