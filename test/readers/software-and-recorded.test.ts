import { describe, expect, test } from 'vitest';
import {
  answerOf,
  createRecordedChannel,
  createSoftwareChannel,
  parseTranscript,
  withTransportRules,
} from '../../src/readers/index.js';
import { channelContract } from './channel-contract.js';
import { commands, ScriptCard } from './script-card.js';
import { writingDown } from './writing-down.js';

describe('a software channel', () => {
  test.each(Object.entries(channelContract))('%s', async (_, part) => {
    await part(createSoftwareChannel(new ScriptCard()));
  });

  test('powers the card for as long as it is open', async () => {
    const card = new ScriptCard();
    const channel = createSoftwareChannel(card);
    expect(card.powered).toBe(true);
    await channel.close();
    expect(card.powered).toBe(false);
  });

  test('calls an answer without status word a communication error', async () => {
    const channel = createSoftwareChannel(new ScriptCard());
    await expect(channel.transmit(commands.stump)).rejects.toMatchObject({ code: 'communication-error' });
  });

  test.each([
    [[], 'card-removed'],
    [[0x6f], 'communication-error'],
    [[0x6f, 0x10, 0x90, 0x00], 'communication-error'],
  ] as const)('a card that leaves after the bytes %j of its answer has not answered', async (bytes, code) => {
    const channel = createSoftwareChannel({
      transmit: () => ({ received: Uint8Array.from(bytes) }),
      powerOn: () => undefined,
      powerOff: () => {},
    });
    await expect(channel.transmit(commands.count)).rejects.toMatchObject({ code });
  });

  test('gives an answer that is there at once without a promise, through the rules too', async () => {
    const answers = [[0x90, 0x00], [0x61, 0x01], [0x07, 0x90, 0x00], [0x6f]].map((bytes) => Uint8Array.from(bytes));
    const inner = createSoftwareChannel({
      transmit: () => answers.shift()!,
      powerOn: () => undefined,
      powerOff: () => {},
    });
    const channel = withTransportRules(inner);
    expect(answerOf(channel, commands.count)).toEqual(Uint8Array.of(0x90, 0x00));
    expect(await answerOf(channel, commands.count)).toEqual(Uint8Array.of(0x07, 0x90, 0x00));
    expect(() => answerOf(channel, commands.count)).toThrow(expect.objectContaining({ code: 'communication-error' }));
    await channel.close();
    expect(() => answerOf(channel, commands.count)).toThrow(expect.objectContaining({ code: 'channel-closed' }));
  });

  test('needs no answer to reset', () => {
    const channel = createSoftwareChannel({
      transmit: () => Uint8Array.of(0x90, 0),
      powerOn: () => undefined,
      powerOff: () => {},
    });
    expect(channel.answerToReset).toBeUndefined();
  });
});

describe('a recorded channel', () => {
  test.each(Object.entries(channelContract))('%s', async (_, part) => {
    const written = writingDown(createSoftwareChannel(new ScriptCard()));
    await part(written.channel);
    const transcript = parseTranscript(JSON.parse(JSON.stringify(written.transcript())));
    const replayed = createRecordedChannel(transcript);
    await part(replayed);
    expect(replayed.remaining).toBe(0);
  });

  test('fails loudly on another command, telling place and both commands', async () => {
    const channel = createRecordedChannel({
      transcript: [{ command: '00b2010c00', response: '6A83' }],
    });
    await expect(channel.transmit(Uint8Array.of(0x00, 0xb2, 0x02, 0x0c, 0x00))).rejects.toMatchObject({
      code: 'transcript-mismatch',
      message: 'command 1 of 1: recorded is 00B2010C00, sent was 00B2020C00',
    });
    expect(channel.remaining).toBe(1);
  });

  test('fails loudly on a command after the end', async () => {
    const channel = createRecordedChannel({ transcript: [] });
    await expect(channel.transmit(commands.count)).rejects.toMatchObject({ code: 'transcript-mismatch' });
  });

  test.each([
    [undefined, 'card-removed'],
    ['card-mute', 'card-mute'],
  ] as const)('loses the card where it was lost: %s', async (error, code) => {
    const transcript = parseTranscript({ transcript: [{ command: '80200000', response: '', error }] });
    const channel = createRecordedChannel(transcript);
    await expect(channel.transmit(Uint8Array.of(0x80, 0x20, 0, 0))).rejects.toMatchObject({ code });
    expect(channel.remaining).toBe(0);
  });

  test('goes on after a status word of the wrong length that was the end of it', async () => {
    const channel = createRecordedChannel({
      transcript: [
        { command: '00B2010C00', response: '6C10' },
        { command: '00B2020C00', response: '9000' },
      ],
    });
    const heard = withTransportRules(channel);
    expect([...(await heard.transmit(Uint8Array.of(0, 0xb2, 1, 0x0c, 0)))]).toEqual([0x6c, 0x10]);
    expect([...(await heard.transmit(Uint8Array.of(0, 0xb2, 2, 0x0c, 0)))]).toEqual([0x90, 0]);
  });

  test.each([
    [[], 'transcript-invalid'],
    [{ transcript: [{ command: '00A4', response: '9000' }] }, 'transcript-invalid'],
    [{ transcript: [{ command: '00A40400', response: '90' }] }, 'transcript-invalid'],
    [{ transcript: [{ command: '00A4040G', response: '9000' }] }, 'transcript-invalid'],
    [{ transcript: [], answerToReset: '3B8' }, 'transcript-invalid'],
  ])('takes no transcript that is none: %j', (value, code) => {
    expect(() => parseTranscript(value)).toThrow(expect.objectContaining({ code }));
  });
});

describe('transport rules', () => {
  const answering = (...responses: string[]) => {
    const sent: string[] = [];
    const channel = withTransportRules(
      createSoftwareChannel({
        transmit: (command) => {
          sent.push(Buffer.from(command).toString('hex').toUpperCase());
          return Uint8Array.from(Buffer.from(responses[Math.min(sent.length, responses.length) - 1]!, 'hex'));
        },
        powerOn: () => undefined,
        powerOff: () => {},
      }),
    );
    return { channel, sent };
  };

  test('replace Le, or append it where there was none', async () => {
    const cases = [
      ['00B2010C00', '00B2010C05'],
      ['00B2010C', '00B2010C05'],
      ['00A40400020102', '00A4040002010205'],
      ['00A4040002010200', '00A4040002010205'],
    ];
    for (const [command, corrected] of cases) {
      const { channel, sent } = answering('6C05', '9000');
      await channel.transmit(Uint8Array.from(Buffer.from(command!, 'hex')));
      expect(sent).toEqual([command, corrected]);
    }
  });

  test('correct a length once only', async () => {
    const { channel, sent } = answering('6C05');
    expect([...(await channel.transmit(commands.count))]).toEqual([0x6c, 0x05]);
    expect(sent).toHaveLength(2);
  });

  test('end with a card that announces for ever', async () => {
    const { channel, sent } = answering('AA6101');
    await expect(channel.transmit(commands.count)).rejects.toMatchObject({ code: 'communication-error' });
    expect(sent).toHaveLength(257);
  });

  test('ask for as many bytes as were announced and keep the last status word', async () => {
    const { channel, sent } = answering('01026103', '0A0B0C6283');
    expect([...(await channel.transmit(commands.count))]).toEqual([1, 2, 10, 11, 12, 0x62, 0x83]);
    expect(sent[1]).toBe('00C0000003');
  });
});
