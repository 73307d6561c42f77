import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where terminals and cards of this user keep what must outlive a command: `--state`, YONGTAP_STATE, or XDG's place. */
export function stateFolder(option: string | undefined): string {
  const { YONGTAP_STATE, XDG_STATE_HOME } = process.env;
  return option ?? YONGTAP_STATE ?? join(XDG_STATE_HOME || join(homedir(), '.local', 'state'), 'yongtap');
}

/** What a folder's name may have; a Chinese character takes nine of them. */
const LENGTH_MAX = 255;

/**
 * A name of a terminal or an operator as a name of a folder: readable, and never another one's. Of one that is too long its
 * hash tells it apart, behind a sign that no other name has.
 */
export function folderName(name: string): string {
  const whole = encodeURIComponent(name).replace(/^\.+$/, (dots) => dots.replaceAll('.', '%2E'));
  if (whole.length <= LENGTH_MAX) return whole;
  const hash = createHash('sha256').update(name).digest('hex');
  return `${whole.slice(0, LENGTH_MAX - hash.length - 1)}=${hash}`;
}
