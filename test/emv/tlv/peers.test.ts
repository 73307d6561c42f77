import { describe, expect, test } from 'vitest';
import { decode, fromHex } from '../../../emv/index.js';
import { readVectors } from '../read-vectors.js';
import { peers, plain, record, sessionBlob } from './peers.js';

const answers = readVectors('tlv-decode', 'tlv.decode').map(
  ({ id, input }) => [id, fromHex(input.hex as string)] as const,
);

/** What each of them is known to read otherwise, and wrongly. */
const faults: Readonly<Record<string, readonly string[]>> = {
  // Tag 01 is not tag 1.
  'node-emv 1.0.23': ['tlv-emv-utils-read-application-data-06'],
};

describe.each(peers.map((peer) => [peer.name, peer] as const))('%s', (name, peer) => {
  test('reads every recorded answer as Yongtap does', () => {
    const otherwise = answers.filter(([, bytes]) => {
      return JSON.stringify(peer.plain(peer.decode(peer.input(bytes)))) !== JSON.stringify(plain(decode(bytes)));
    });
    expect(otherwise.map(([id]) => id)).toEqual(faults[name] ?? []);
  });

  test('reads rightly what the bench gives it', () => {
    expect([record.length, sessionBlob.length]).toEqual([254, 1132]);
    for (const bytes of [record, sessionBlob]) {
      expect(peer.plain(peer.decode(peer.input(bytes)))).toEqual(plain(decode(bytes)));
    }
  });
});
