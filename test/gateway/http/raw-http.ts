import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A connection below HTTP, for what no client would send. */
export async function dial(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => {});
  await once(socket, 'connect');
  return socket;
}

/** Sends texts and gives the first answer, up to the length that it tells of its body. */
export async function talk(url: string, texts: readonly string[]): Promise<string> {
  const socket = await dial(url);
  for (const text of texts) socket.write(text);
  const answer = await readAnswer(socket);
  socket.destroy();
  return answer;
}

export async function readAnswer(socket: Socket): Promise<string> {
  let answer = '';
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    answer += (chunk as Buffer).toString('utf8');
    const [head, body] = answer.split('\r\n\r\n');
    const length = /content-length: (\d+)/i.exec(head!)?.[1];
    if (body !== undefined && length !== undefined && Buffer.byteLength(body) >= Number(length)) break;
  }
  return answer;
}
