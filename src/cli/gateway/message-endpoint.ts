import { type GatewayOptions, objectionTo } from '../../gateway/index.js';
import { CommandError } from '../exit-codes.js';
import type { GatewayConfig } from './config/gateway-options.js';

/** Who sends short messages on, where the configuration names somebody. Throws CommandError. */
export function messageEndpoint({
  messagesUrl: url,
  messagesSecret: secret,
}: GatewayConfig): GatewayOptions['messages'] {
  if (url === undefined && secret === undefined) return undefined;
  if (url === undefined || secret === undefined) {
    throw new CommandError(
      'messages-incomplete',
      'messagesUrl and messagesSecret go together',
      undefined,
      'Set YONGTAP_MESSAGES_SECRET to whsec_ and base64 of 32 random bytes; the service checks signatures with it.',
    );
  }
  const objection = objectionTo(url, true);
  if (objection !== undefined) throw new CommandError('messages-url-invalid', `messagesUrl: ${objection}`);
  return { url, secret };
}
