import type { Check } from './check.js';

const NEEDED = { major: 20, minor: 19 };

export function checkNode(version: string): Check {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const ok = major > NEEDED.major || (major === NEEDED.major && minor >= NEEDED.minor);
  const detail = `${version} (${NEEDED.major}.${NEEDED.minor} or newer is needed)`;
  return { name: 'Node.js', ok, detail, ...(!ok && { mend: 'nvm install 22' }) };
}
