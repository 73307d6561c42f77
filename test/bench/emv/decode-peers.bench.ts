import { bench, describe } from 'vitest';
import { decode } from '../../../emv/index.js';
import { peers, record, sessionBlob } from '../../emv/tlv/peers.js';

/** Every BER-TLV package of npm that reads these rightly (test/emv/tlv/peers.test.ts); the fastest one is the measure. */
describe.each([
  [`a record of ${record.length} bytes`, record],
  [`a session of ${sessionBlob.length} bytes`, sessionBlob],
])('decode %s', (_, bytes) => {
  bench('yongtap', () => {
    decode(bytes);
  });
  for (const peer of peers) {
    const input = peer.input(bytes);
    bench(peer.name, () => {
      peer.decode(input);
    });
  }
});
