import { InvalidArgumentError } from 'commander';

/** A TCP port; 0 asks for any free one. */
export function parsePort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new InvalidArgumentError('a port, 0 to 65535');
  return port;
}
