import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface GatewayProcess {
  readonly child: ChildProcess;
  readonly url: string;
  readonly administratorKey?: string;
  /** What it has said on standard error. */
  log(): string;
  post(path: string, key: string, type: string, body: string): Promise<Response>;
}

/** `yongtap gateway` as people start it, with the test authority of the software cards. */
export async function startGatewayProcess(
  dataFolder: string,
  more: readonly string[] = ['--log-level', 'warn'],
): Promise<GatewayProcess> {
  const command = fileURLToPath(new URL('../../../bin/yongtap.js', import.meta.url));
  const options = ['gateway', '--port', '0', '--data', dataFolder, '--json', ...more];
  const child = spawn(process.execPath, [command, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log += text;
  });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const { url, administratorKey } = JSON.parse(line) as { url: string; administratorKey?: string };
  return {
    child,
    url,
    ...(administratorKey !== undefined && { administratorKey }),
    log: () => log,
    post: (path, key, type, body) =>
      fetch(`${url}${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': type },
        body,
      }),
  };
}
