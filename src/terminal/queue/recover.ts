import { join } from 'node:path';
import type { QueueHealth } from './append-file.js';
import { type ScannedFrame, scanFrames } from './frame.js';
import { QueueError } from './queue-error.js';
import type { QueueFiles } from './queue-files.js';
import type { QueueState, SetAside } from './queue-state.js';
import type { RecordCipher } from './record-cipher.js';
import { listSegments, openSegment, type Segment } from './segment.js';

/** Whose taps a queue holds. */
export interface QueueOwner {
  readonly operator: string;
  readonly terminal: string;
}

interface Recovery {
  readonly state: QueueState;
  readonly cipher: RecordCipher;
  readonly owner: QueueOwner;
  /** Numbers that the gateway has answered. */
  readonly answered: Set<number>;
  /** A frame was lost together with its header since the last number that is certain; it may have been a tap. */
  mayHaveLostTap: boolean;
}

type WholeFrame = Extract<ScannedFrame, { state: 'whole' }>;

const text = new TextDecoder();

function setAside(recovery: Recovery, segment: Segment, frame: ScannedFrame, reason: SetAside['reason']): void {
  const { offset, length } = frame;
  const sequence = 'sequence' in frame && frame.kind === 'tap' ? frame.sequence : undefined;
  recovery.state.setAside.push({ file: segment.name, offset, length, reason, sequence });
}

/** The next tap has this number or a later one: whatever lies between was given and is gone. */
function advanceTo(recovery: Recovery, sequence: number): void {
  const { state } = recovery;
  for (let missing = state.nextSequence; missing < sequence; missing++) state.missingSequences.push(missing);
  state.nextSequence = Math.max(state.nextSequence, sequence);
  recovery.mayHaveLostTap = false;
}

function checkOwner(recovery: Recovery, frame: WholeFrame): void {
  const plain = recovery.cipher.open('header', frame.sequence, frame.payload);
  if (!plain) throw new QueueError('wrong-key', 'the queue was written with another key');
  const owner = JSON.parse(text.decode(plain)) as QueueOwner;
  if (owner.operator === recovery.owner.operator && owner.terminal === recovery.owner.terminal) return;
  throw new QueueError('other-terminal', `the queue holds taps of ${owner.operator}/${owner.terminal}`);
}

function takeTap(recovery: Recovery, segment: Segment, frame: WholeFrame): void {
  const { sequence, offset, length } = frame;
  if (sequence < recovery.state.nextSequence) {
    setAside(recovery, segment, frame, 'unexpected-sequence');
    return;
  }
  advanceTo(recovery, sequence);
  recovery.state.nextSequence = sequence + 1;
  recovery.state.pending.set(sequence, { segment, offset, length });
  segment.hasTaps = true;
}

function takeAnswer(recovery: Recovery, segment: Segment, frame: WholeFrame): void {
  if (!recovery.cipher.open('answer', frame.sequence, frame.payload)) {
    setAside(recovery, segment, frame, 'not-authentic');
    return;
  }
  recovery.state.pending.delete(frame.sequence);
  recovery.answered.add(frame.sequence);
}

function takeDamaged(recovery: Recovery, segment: Segment, frame: Extract<ScannedFrame, { state: 'damaged' }>): void {
  setAside(recovery, segment, frame, 'damaged');
  if (frame.kind === 'tap') {
    segment.hasTaps = true;
    advanceTo(recovery, (frame.sequence ?? 0) + 1);
  } else if (frame.kind === undefined && frame.offset > 0) {
    segment.hasTaps = true;
    recovery.mayHaveLostTap = true;
  }
}

async function takeTorn(recovery: Recovery, segment: Segment, frame: ScannedFrame, isLast: boolean): Promise<void> {
  if (!isLast) {
    setAside(recovery, segment, frame, 'damaged');
    return;
  }
  await segment.truncate(frame.offset);
  recovery.state.tornBytes += frame.length;
}

async function readSegment(recovery: Recovery, segment: Segment, isLast: boolean): Promise<void> {
  const bytes = await segment.file.readAll();
  segment.size = bytes.length;
  advanceTo(recovery, segment.firstSequence);
  for (const frame of scanFrames(bytes)) {
    if (frame.state === 'torn') await takeTorn(recovery, segment, frame, isLast);
    else if (frame.state === 'damaged') takeDamaged(recovery, segment, frame);
    else if (frame.kind === 'header') checkOwner(recovery, frame);
    else if (frame.kind === 'tap') takeTap(recovery, segment, frame);
    else takeAnswer(recovery, segment, frame);
  }
}

/** A file whose header never arrived holds nothing; its name told the next number, which is known by now. */
async function dropEmptyEnd(files: QueueFiles, folder: string, segments: Segment[]): Promise<void> {
  const last = segments.at(-1);
  if (last?.size !== 0) return;
  segments.pop();
  await last.file.close();
  if (segments.length > 0) await files.remove(join(folder, last.name));
}

/**
 * Reads what a folder holds. A torn end is cut off: nobody was told that it is kept. Damaged frames are reported and
 * stay where they are, and their numbers are never given again. Throws {@link QueueError} `wrong-key` or
 * `other-terminal` before anything is changed.
 */
export async function recover(
  files: QueueFiles,
  folder: string,
  cipher: RecordCipher,
  owner: QueueOwner,
  health: QueueHealth,
): Promise<{ state: QueueState /** Oldest first. */; segments: Segment[] }> {
  const state: QueueState = {
    nextSequence: 1,
    pending: new Map(),
    setAside: [],
    tornBytes: 0,
    missingSequences: [],
  };
  const recovery: Recovery = { state, cipher, owner, answered: new Set(), mayHaveLostTap: false };
  const segments: Segment[] = [];
  try {
    const names = await listSegments(files, folder);
    for (const [index, name] of names.entries()) {
      const segment = await openSegment(files, folder, name, health);
      segments.push(segment);
      if (index === 0) state.nextSequence = segment.firstSequence;
      await readSegment(recovery, segment, index === names.length - 1);
    }
    await dropEmptyEnd(files, folder, segments);
  } catch (error) {
    await Promise.all(segments.map((segment) => segment.file.close()));
    throw error;
  }
  if (recovery.mayHaveLostTap) advanceTo(recovery, state.nextSequence + 1);
  const lost = state.missingSequences.filter((sequence) => !recovery.answered.has(sequence));
  state.missingSequences.splice(0, Number.POSITIVE_INFINITY, ...lost);
  return { state, segments };
}
