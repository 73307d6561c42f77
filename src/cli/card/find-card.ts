import { join } from 'node:path';
import { createTestPki, issueCard, loadProfile, profileNames, profilesMeant } from '../../../simulator/index.js';
import { makeFolder } from '../../folders/make-folder.js';
import { CommandError } from '../exit-codes.js';
import { isFile, isYaml } from './find-profile.js';
import { issueUnlessThere } from './issue-unless-there.js';

/**
 * The card file that `--card` names: a file, or a profile of the box, whose card is then kept among the state and
 * issued on first use. Its purse and counter go on from command to command, as a card's in a pocket do.
 */
export function findCard(nameOrPath: string, state: string): { readonly path: string; readonly issued: boolean } {
  if (isFile(nameOrPath)) {
    if (isYaml(nameOrPath)) throw notIssued(nameOrPath);
    return { path: nameOrPath, issued: false };
  }
  if (!profileNames().includes(nameOrPath)) throw unknownCard(nameOrPath);
  const folder = join(state, 'cards');
  const path = join(folder, `${nameOrPath}.json`);
  if (isFile(path)) return { path, issued: false };
  makeFolder(folder, 0o700);
  return { path, issued: issueUnlessThere(path, issueCard(loadProfile(nameOrPath), createTestPki())) };
}

const notIssued = (path: string): CommandError =>
  new CommandError(
    'card-not-issued',
    `${path} is a profile, of which no card was made yet`,
    undefined,
    `Make one: yongtap card issue ${path}`,
  );

function unknownCard(name: string): CommandError {
  const meant = profilesMeant(name);
  const guess = meant.length === 0 ? '' : `Did you mean ${meant.join(' or ')}? `;
  const hint = `${guess}yongtap card profiles lists the profiles; yongtap card issue service-card-51 -o my-card.json makes a card of your own.`;
  return new CommandError('card-not-found', `${name} is neither a card file nor a profile`, undefined, hint);
}
