import { parentPort } from 'node:worker_threads';
import type { QueryResult } from 'kysely';
import { toThrown } from '../../thrown.js';
import { openConnection } from '../connection.js';
import type { FileConnection } from '../file-connection.js';
import type { Answer, Order } from './messages.js';

/** A thread of its own for one connection: what the file is asked for holds up nobody but who asks. */
const port = parentPort!;
let connection: FileConnection;
let stream: AsyncIterator<QueryResult<unknown>> | undefined;

async function follow(order: Order): Promise<unknown> {
  switch (order.do) {
    case 'open':
      connection = await openConnection(order.path);
      return undefined;
    case 'execute':
      return connection.executeQuery(order);
    case 'stream':
      stream = connection.streamQuery(order, order.chunkSize);
      return undefined;
    case 'next':
      return (await stream!.next()).value;
    case 'end':
      await stream?.return?.();
      stream = undefined;
      return undefined;
    default:
      return connection[order.do]();
  }
}

port.on('message', async (order: Order) => {
  const answer: Answer = await follow(order).then(
    (result) => ({ result }),
    (error) => ({ thrown: toThrown(error) }),
  );
  port.postMessage(answer);
  if (order.do === 'close') port.close();
});
