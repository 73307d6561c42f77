import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { type CardProfile, loadProfile, ProfileError, parseProfile } from '../../../simulator/index.js';
import { CommandError } from '../exit-codes.js';

/** A profile of the box by its name, or one's own from a file of YAML or JSON. */
export async function findProfile(nameOrPath: string): Promise<CardProfile> {
  if (!isFile(nameOrPath)) {
    if (!isYaml(nameOrPath) && !/[/\\]|\.json$/i.test(nameOrPath)) return loadProfile(nameOrPath);
    throw new CommandError('file-unreadable', `${nameOrPath} is no file, and no profile of the box`);
  }
  const text = await readFile(nameOrPath, 'utf8');
  try {
    return parseProfile(text);
  } catch (error) {
    if (!(error instanceof ProfileError)) throw error;
    if (isCard(text)) {
      const use = `It can be tapped, and copied: yongtap card clone ${nameOrPath} -o COPY.json`;
      throw new CommandError(error.code, `${nameOrPath} is a card, made already, and no profile`, undefined, use);
    }
    const hint = 'Each field of a profile: docs/card-profiles.md. One that is right: yongtap card new FILE';
    throw new CommandError(error.code, `${nameOrPath}, ${error.message}`, undefined, hint);
  }
}

function isCard(text: string): boolean {
  try {
    return JSON.parse(text).format === 'yongtap-card';
  } catch {
    return false;
  }
}

export const isYaml = (path: string): boolean => /\.ya?ml$/i.test(path);

export const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true;
