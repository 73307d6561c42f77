import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where terminals and cards of this user keep what must outlive a command: `--state`, YONGTAP_STATE, or XDG's place. */
export function stateFolder(option: string | undefined): string {
  const { YONGTAP_STATE, XDG_STATE_HOME } = process.env;
  return option ?? YONGTAP_STATE ?? join(XDG_STATE_HOME || join(homedir(), '.local', 'state'), 'yongtap');
}

/** A name of a terminal or an operator as a name of a folder: readable, and never another one's. */
export function folderName(name: string): string {
  return encodeURIComponent(name).replace(/^\.+$/, (dots) => dots.replaceAll('.', '%2E'));
}
