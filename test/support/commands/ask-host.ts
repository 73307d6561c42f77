import { once } from 'node:events';
import { createConnection } from 'node:net';
import { text } from 'node:stream/consumers';
import type { CommandReply, CommandRequest } from './request.js';

/** Has a command done by one of the run's hosts. */
export async function askHost(path: string, request: CommandRequest): Promise<CommandReply> {
  const socket = createConnection(path);
  await once(socket, 'connect');
  socket.write(`${JSON.stringify(request)}\n`);
  return JSON.parse(await text(socket));
}
