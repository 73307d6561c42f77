import { encodeFrame, FRAME_PAYLOAD_LENGTH_MAX, type FrameKind } from './frame.js';
import { QueueError } from './queue-error.js';
import type { RecordCipher } from './record-cipher.js';

/** A value as JSON, sealed and framed; throws {@link QueueError} `tap-too-large`. */
export function sealFrame(cipher: RecordCipher, kind: FrameKind, sequence: number, content: unknown): Uint8Array {
  const payload = cipher.seal(kind, sequence, new TextEncoder().encode(JSON.stringify(content)));
  if (payload.length > FRAME_PAYLOAD_LENGTH_MAX) {
    throw new QueueError('tap-too-large', `${payload.length} bytes; the limit is ${FRAME_PAYLOAD_LENGTH_MAX}`);
  }
  return encodeFrame(kind, sequence, payload);
}
