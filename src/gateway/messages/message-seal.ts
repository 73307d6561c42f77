import { createPersonalDataCipher } from '../membership/personal-data-cipher.js';
import type { MessageValues } from './message-templates.js';

/** What of a message is stored sealed. */
export interface SealedContent {
  readonly to: string;
  readonly values: MessageValues;
}

export interface MessageKeys {
  /** 32 bytes. */
  readonly personalDataKey: Uint8Array;
  /** Open what was sealed before a rotation. */
  readonly formerDataKeys?: readonly Uint8Array[] | undefined;
  /** A cryptographic source. */
  readonly random: (length: number) => Uint8Array;
}

export interface MessageSeal {
  seal(id: string, content: SealedContent): string;
  /** Throws PersonalDataError. */
  open(id: string, sealed: string): SealedContent;
}

const placeOf = (id: string) => ({ table: 'messages', column: 'sealed', row: id });

/** Numbers and values of messages under the key of personal data, each bound to its message. */
export function createMessageSeal({ personalDataKey, random, formerDataKeys }: MessageKeys): MessageSeal {
  const cipher = createPersonalDataCipher(personalDataKey, random, formerDataKeys);
  return {
    seal: (id, content) => cipher.seal(JSON.stringify(content), placeOf(id)),
    open: (id, sealed) => JSON.parse(cipher.open(sealed, placeOf(id))) as SealedContent,
  };
}
