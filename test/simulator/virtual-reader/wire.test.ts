import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concat } from '../../../emv/bytes.js';
import { encodeFrame, FrameReader } from '../../../simulator/virtual-reader/wire.js';

describe('the wire of the virtual reader', () => {
  test('frames come out as they went in, whatever the pieces of the stream', () => {
    const frames = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 8 });
    const lengths = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(frames, lengths, (bodies, pieceLengths) => {
        const stream = concat(...bodies.map(encodeFrame));
        const reader = new FrameReader();
        const received: Uint8Array[] = [];
        for (let offset = 0, turn = 0; offset < stream.length; turn++) {
          const end = offset + pieceLengths[turn % pieceLengths.length]!;
          received.push(...reader.push(stream.subarray(offset, end)));
          offset = end;
        }
        expect(received).toEqual(bodies);
      }),
    );
  });

  test('a frame holds 65,535 bytes and no more', () => {
    expect([...encodeFrame(new Uint8Array(0xffff)).subarray(0, 2)]).toEqual([0xff, 0xff]);
    expect(() => encodeFrame(new Uint8Array(0x10000))).toThrow(RangeError);
  });
});
