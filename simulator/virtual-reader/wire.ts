/**
 * The control bytes of vsmartcard's wire protocol; a frame of one byte is a control, a longer one a command. `escape` is
 * ours: the next frame is for the reader and not for the card.
 */
export const control = { powerOff: 0, powerOn: 1, reset: 2, getAnswerToReset: 4, escape: 16 } as const;

const HEADER_LENGTH = 2;
const BODY_LENGTH_MAX = 0xffff;

/** Two bytes of length, most significant first, and the body; throws a RangeError above 65,535 bytes. */
export function encodeFrame(body: Uint8Array): Uint8Array {
  return frame(body, body.length);
}

/** What there is of a frame when its sender has gone: it announces more than comes. */
export function encodeCutFrame(received: Uint8Array): Uint8Array {
  return frame(received, received.length + 1);
}

function frame(body: Uint8Array, announced: number): Uint8Array {
  if (announced > BODY_LENGTH_MAX) throw new RangeError(`a frame of ${announced} bytes, ${BODY_LENGTH_MAX} at most`);
  const bytes = new Uint8Array(HEADER_LENGTH + body.length);
  bytes[0] = announced >> 8;
  bytes[1] = announced & 0xff;
  bytes.set(body, HEADER_LENGTH);
  return bytes;
}

/** Cuts a stream of bytes, in pieces of any size, into the bodies of its frames. Holds one frame at most. */
export class FrameReader {
  #rest: Uint8Array = new Uint8Array(0);

  *push(piece: Uint8Array): Generator<Uint8Array> {
    let bytes = piece;
    if (this.#rest.length > 0) {
      bytes = new Uint8Array(this.#rest.length + piece.length);
      bytes.set(this.#rest);
      bytes.set(piece, this.#rest.length);
    }
    let offset = 0;
    while (bytes.length - offset >= HEADER_LENGTH) {
      const end = offset + HEADER_LENGTH + ((bytes[offset]! << 8) | bytes[offset + 1]!);
      if (end > bytes.length) break;
      yield bytes.slice(offset + HEADER_LENGTH, end);
      offset = end;
    }
    this.#rest = bytes.slice(offset);
  }
}
