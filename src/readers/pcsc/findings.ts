import { userInfo } from 'node:os';
import type { PcscBindingName } from './pcsc.js';
import type { ServiceState } from './service.js';

export type PcscState =
  | 'fine'
  /** No binding was built, and it cannot be for want of the headers of libpcsclite. */
  | 'headers-missing'
  /** A binding was built and does not find the library. */
  | 'library-missing'
  /** No binding loads for another reason. */
  | 'binding-missing'
  /** The PC/SC service is not installed. */
  | 'service-missing'
  /** It is installed and does not run. */
  | 'service-stopped'
  /** It runs, and not for this user. */
  | 'service-forbidden'
  /** Everything runs, and no reader is plugged in. */
  | 'no-reader';

/** What was found of one part of the way to a card. */
export interface PcscFinding {
  readonly name: string;
  readonly state: PcscState;
  readonly ok: boolean;
  readonly detail: string;
  /** The one command that mends it. */
  readonly mend?: string | undefined;
}

/** How a binding loads: without `failure` it does. */
export interface BindingAttempt {
  readonly name: PcscBindingName;
  readonly failure?: Error;
}

/** One binding that loads is enough. */
export function bindingFinding(attempts: readonly BindingAttempt[], hasHeaders: boolean): PcscFinding {
  const name = 'PC/SC binding';
  const loading = attempts.filter(({ failure }) => !failure).map((attempt) => attempt.name);
  if (loading.length > 0) return { name, state: 'fine', ok: true, detail: loading.join(', ') };
  const finding = (state: PcscState, detail: string, mend: string) => ({ name, state, ok: false, detail, mend });
  const words = attempts.map(({ failure }) => failure!.message.split('\n')[0]!);
  if (words.some((text) => /libpcsclite\.so\S*: cannot open shared object/.test(text))) {
    return finding('library-missing', 'libpcsclite is not installed', 'sudo apt-get install libpcsclite1');
  }
  if (!hasHeaders) {
    return finding(
      'headers-missing',
      'not built: the headers of libpcsclite are not installed',
      'sudo apt-get install libpcsclite-dev build-essential python3 && npm ci',
    );
  }
  const isThere = attempts.some(({ failure }) => (failure as NodeJS.ErrnoException).code === 'ERR_DLOPEN_FAILED');
  return finding('binding-missing', words[0]!, isThere ? 'npm rebuild smartcard @pokusew/pcsclite' : 'npm ci');
}

export function serviceFinding(state: ServiceState, isInstalled: boolean, hasSystemd: boolean): PcscFinding {
  const name = 'PC/SC service';
  if (state === 'answers') return { name, state: 'fine', ok: true, detail: 'runs' };
  if (state === 'forbidden') {
    const detail = `runs, and not for ${userInfo().username}`;
    return { name, state: 'service-forbidden', ok: false, detail, mend: allowUser(userInfo().username) };
  }
  if (!isInstalled) {
    const mend = 'sudo apt-get install pcscd';
    return { name, state: 'service-missing', ok: false, detail: 'pcscd is not installed', mend };
  }
  const mend = hasSystemd ? 'sudo systemctl start pcscd.socket' : 'sudo pcscd';
  return { name, state: 'service-stopped', ok: false, detail: 'pcscd is installed and does not run', mend };
}

export function noReaderFinding(isTakenByKernel: boolean): PcscFinding {
  const name = 'reader';
  if (isTakenByKernel) {
    const detail = 'none is seen; the kernel driver pn533_usb holds readers with the chip PN533 (ACR122U)';
    return { name, state: 'no-reader', ok: false, detail, mend: 'sudo modprobe -r pn533_usb' };
  }
  const detail = 'none is plugged in; a card can be presented without one';
  return { name, state: 'no-reader', ok: false, detail, mend: 'npx yongtap card present CARD.json' };
}

/** Debian's pcscd asks polkit, which by itself allows root and whoever sits at the machine. */
function allowUser(user: string): string {
  const rule = `polkit.addRule(function (action, subject) { if (/^org.debian.pcsc-lite/.test(action.id) && subject.user === "${user}") return "yes"; });`;
  return `echo '${rule}' | sudo tee /etc/polkit-1/rules.d/50-pcsc.rules`;
}
