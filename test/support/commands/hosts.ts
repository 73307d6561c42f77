import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { TestProject } from 'vitest/node';
import { type BuiltProgram, buildProgram } from '../build-program.js';
import type { CommandReply, CommandRequest } from './request.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** The socket where a run's tests ask for commands to be done. */
    readonly commandHosts: string;
    /** A program that asks there for a command: to be run with the socket and the command's options. */
    readonly commandClient: string;
  }
}

const WORDLESS = { stdout: '', stderr: 'the process has ended without a word', isLast: true };

/** What a command leaves behind in its host ends with it after so many. */
const COMMANDS_A_HOST = 150;

const shipped = pathToFileURL('dist/run-command.js').href;

/**
 * Processes that do one command after the other, for all tests of a run: loading the command anew for each is most of
 * the time of the tests of the command line. One for each command at a time, started when it is needed.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'yongtap-hosts-'));
  const path = join(folder, 'socket');
  const idle: { readonly host: ChildProcess; readonly done: number }[] = [];
  const all = new Set<ChildProcess>();
  let program: Promise<BuiltProgram> | undefined;
  const client = await buildProgram('test/support/commands/client.ts');

  async function start(): Promise<ChildProcess> {
    program ??= buildProgram('test/support/commands/host.ts');
    const host = fork((await program).path, [shipped], { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    all.add(host);
    host.once('exit', () => all.delete(host));
    await once(host, 'message');
    return host;
  }

  async function serve(socket: Socket): Promise<void> {
    const request = JSON.parse(await lineOf(socket)) as CommandRequest;
    const { host, done } = idle.pop() ?? { host: await start(), done: 0 };
    // Nobody waits for what a test that is over had asked for.
    const leave = () => void host.kill('SIGKILL');
    socket.once('close', leave);
    const { isLast, ...reply } = await answerOf(host, request);
    socket.off('close', leave);
    socket.end(JSON.stringify(reply));
    if (isLast || done + 1 === COMMANDS_A_HOST) host.kill('SIGKILL');
    else idle.push({ host, done: done + 1 });
  }

  const server = createServer((socket) => {
    serve(socket).catch((error: Error) => socket.end(JSON.stringify({ code: null, stdout: '', stderr: error.stack })));
  }).listen(path);
  await once(server, 'listening');
  project.provide('commandHosts', path);
  project.provide('commandClient', client.path);
  return async () => {
    server.close();
    for (const host of all) host.kill('SIGKILL');
    (await program)?.remove();
    client.remove();
    rmSync(folder, { recursive: true, force: true });
  };
}

async function lineOf(socket: Socket): Promise<string> {
  let line = '';
  socket.setEncoding('utf8').on('error', () => {});
  for (; !line.endsWith('\n'); ) line += (await once(socket, 'data'))[0];
  return line;
}

/** Its answer, or one in its place where it has ended without a word. */
async function answerOf(host: ChildProcess, request: CommandRequest): Promise<CommandReply & { isLast: boolean }> {
  const over = new AbortController();
  const { signal } = over;
  const ended = once(host, 'exit', { signal }).then(([code]) => ({ ...WORDLESS, code }));
  const answered = once(host, 'message', { signal }).then(([reply]) => reply);
  for (const each of [ended, answered]) each.catch(() => {});
  host.send(request);
  return Promise.race([answered, ended]).finally(() => over.abort());
}
