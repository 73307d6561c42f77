import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type CardProfile,
  createTestPki,
  issueCard,
  loadProfile,
  ProfileError,
  parseProfile,
  profileNames,
} from '../../../simulator/index.js';
import { makeFolder } from '../../folders/make-folder.js';
import { CommandError } from '../exit-codes.js';
import { issueUnlessThere } from './issue-unless-there.js';

/**
 * The card file that `--card` names: a file, or a profile of the box, whose card is then kept among the state and
 * issued on first use. Its purse and counter go on from command to command, as a card's in a pocket do.
 */
export function findCard(nameOrPath: string, state: string): { readonly path: string; readonly issued: boolean } {
  if (isFile(nameOrPath)) return { path: nameOrPath, issued: false };
  if (!profileNames().includes(nameOrPath)) {
    throw new CommandError(
      'card-not-found',
      `${nameOrPath} is neither a card file nor a profile`,
      undefined,
      `Profiles: ${profileNames().join(', ')}. A card of your own: yongtap card issue PROFILE -o my-card.json`,
    );
  }
  const folder = join(state, 'cards');
  const path = join(folder, `${nameOrPath}.json`);
  if (isFile(path)) return { path, issued: false };
  makeFolder(folder, 0o700);
  return { path, issued: issueUnlessThere(path, issueCard(loadProfile(nameOrPath), createTestPki())) };
}

/** A profile of the box by its name, or one's own from a YAML file. */
export async function findProfile(nameOrPath: string): Promise<CardProfile> {
  if (!isFile(nameOrPath)) return loadProfile(nameOrPath);
  try {
    return parseProfile(await readFile(nameOrPath, 'utf8'));
  } catch (error) {
    if (!(error instanceof ProfileError)) throw error;
    const hint = 'Each field of a profile: docs/card-profiles.md. One that is right: yongtap card new FILE';
    throw new CommandError(error.code, `${nameOrPath}, ${error.message}`, undefined, hint);
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
