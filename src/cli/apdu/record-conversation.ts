import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { toHex } from '../../../emv/index.js';
import type { CardChannel } from '../../readers/index.js';
import { CommandError, exitCodes } from '../exit-codes.js';
import { withoutPin } from '../tap/contact/pin/without-pin.js';
import { writeWhole } from '../write-whole.js';
import type { SentCommand } from './apdu-conversation.js';

const OWNER_ONLY = 0o600;
const US_PER_MS = 1000;

/** Looks at the place before a card is asked for anything. Throws {@link CommandError}. */
export async function checkRecordingPlace(path: string): Promise<void> {
  const known = await stat(path).catch(() => undefined);
  if (known?.isFile() && known.size > 0) {
    throw new CommandError('record-exists', `${path} is there already`, undefined, 'Take another name.');
  }
  await access(dirname(path), constants.W_OK).catch((error: Error) => {
    throw unwritable(path, error);
  });
}

/** A conversation as a transcript, which `yongtap decode` explains. It holds card numbers in full, and of a PIN its length. */
export async function recordConversation(
  path: string,
  { answerToReset, name }: CardChannel,
  sent: readonly SentCommand[],
): Promise<void> {
  const transcript = {
    name,
    ...(answerToReset && { answerToReset: toHex(answerToReset) }),
    transcript: sent.map(withoutPin).map(({ at, command, elapsedUs, error, response }) => ({
      command: toHex(command),
      response: response ? toHex(response) : '',
      ...(error !== undefined && { error }),
      at: Math.round(at * US_PER_MS) / US_PER_MS,
      elapsedUs,
    })),
  };
  await writeWhole(path, `${JSON.stringify(transcript, undefined, 2)}\n`, OWNER_ONLY).catch((error: Error) => {
    throw unwritable(path, error, exitCodes.partMissing);
  });
}

const unwritable = (path: string, { message }: Error, exitCode?: number): CommandError =>
  new CommandError('record-unwritable', `${path} cannot be written: ${message}`, exitCode);
