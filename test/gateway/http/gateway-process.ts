import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface GatewayProcess {
  readonly child: ChildProcess;
  readonly url: string;
  readonly administratorKey?: string;
  post(path: string, key: string, type: string, body: string): Promise<Response>;
}

/** `yongtap gateway` as people start it, with the test authority of the software cards. */
export async function startGatewayProcess(dataFolder: string): Promise<GatewayProcess> {
  const command = fileURLToPath(new URL('../../../bin/yongtap.js', import.meta.url));
  const options = ['gateway', '--port', '0', '--data', dataFolder, '--json', '--log-level', 'warn'];
  const child = spawn(process.execPath, [command, ...options], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const { url, administratorKey } = JSON.parse(line) as { url: string; administratorKey?: string };
  return {
    child,
    url,
    ...(administratorKey !== undefined && { administratorKey }),
    post: (path, key, type, body) =>
      fetch(`${url}${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': type },
        body,
      }),
  };
}
