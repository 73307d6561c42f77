import type { Server } from 'node:http';
import { addressGroup } from '../address-group.js';

/** Ends connections of an address, or of a network of IPv6, that has too many: nobody takes all of them. 0: no limit. */
export function limitConnections(server: Server, perAddress: number): void {
  if (perAddress <= 0) return;
  const counts = new Map<string, number>();
  server.on('connection', (socket) => {
    const address = addressGroup(socket.remoteAddress ?? '');
    const count = (counts.get(address) ?? 0) + 1;
    counts.set(address, count);
    socket.once('close', () => {
      const left = (counts.get(address) ?? 1) - 1;
      if (left <= 0) counts.delete(address);
      else counts.set(address, left);
    });
    if (count > perAddress) socket.destroy();
  });
}
