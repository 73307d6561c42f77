import type { GatewayOptions } from '../../gateway/index.js';
import { CommandError } from '../exit-codes.js';
import type { GatewayConfig } from './config/gateway-options.js';
import { isLoopback } from './is-loopback.js';

type NetworkOptions = Pick<
  GatewayOptions,
  'host' | 'tls' | 'isBehindProxy' | 'requestRate' | 'tapRate' | 'failureRate' | 'connectionsPerAddress'
>;

/** How a gateway listens. Throws CommandError where it would be heard in clear by others, unless that is wanted. */
export function networkOptions(config: GatewayConfig): NetworkOptions {
  const { tlsCert, tlsKey, clientCa, host, behindProxy, insecure } = config;
  if ((tlsCert === undefined) !== (tlsKey === undefined) || (clientCa !== undefined && tlsCert === undefined)) {
    throw new CommandError('tls-incomplete', '--tls-cert and --tls-key go together, and --client-ca with both');
  }
  if (tlsCert === undefined && !isLoopback(host) && !behindProxy && !insecure) {
    throw new CommandError(
      'tls-needed',
      `on ${host} others would hear keys and records in clear`,
      undefined,
      'Give --tls-cert and --tls-key, or say --behind-proxy where a proxy has TLS, or --insecure.',
    );
  }
  return {
    host,
    ...(tlsCert !== undefined &&
      tlsKey !== undefined && { tls: { certificate: tlsCert, key: tlsKey, clientAuthority: clientCa } }),
    isBehindProxy: behindProxy,
    requestRate: config.requestRate,
    tapRate: config.tapRate,
    failureRate: config.failureRate,
    connectionsPerAddress: config.connectionsPerAddress,
  };
}
