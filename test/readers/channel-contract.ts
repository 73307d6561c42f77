import { expect } from 'vitest';
import { toHex } from '../../emv/bytes.js';
import { type CardChannel, withTransportRules } from '../../src/readers/index.js';
import { commands } from './script-card.js';

/**
 * What every channel to a {@link ScriptCard} must do, whatever lies between. Each part gets a fresh channel; a
 * recording channel gets the transcript of the same part.
 */
export const channelContract: Readonly<Record<string, (channel: CardChannel) => Promise<void>>> = {
  'has a name and the answer to reset': async (channel) => {
    expect(channel.name).not.toBe('');
    expect(toHex(channel.answerToReset!)).toBe('3B80800101');
  },
  'answers with data and status word, and leaves the command alone': async (channel) => {
    const command = commands.echo(1, 2, 3);
    const before = toHex(command);
    const response = await channel.transmit(command);
    expect(toHex(response)).toBe('0102039000');
    expect(toHex(command)).toBe(before);
    expect(response).toBeInstanceOf(Uint8Array);
  },
  'carries the longest short command and answer': async (channel) => {
    const data = Array.from({ length: 255 }, (_, index) => 255 - index);
    expect(toHex(await channel.transmit(commands.echo(...data)))).toBe(`${toHex(Uint8Array.from(data))}9000`);
    expect(await channel.transmit(commands.longest)).toHaveLength(258);
  },
  'carries a command and an answer of extended length': async (channel) => {
    const response = await channel.transmit(commands.extended);
    expect(response).toHaveLength(60_002);
    expect(response.subarray(0, -2).every((byte) => byte === 0x5a)).toBe(true);
  },
  'hands an error status word through': async (channel) => {
    expect(toHex(await channel.transmit(Uint8Array.of(0x80, 0xee, 0, 0, 0)))).toBe('6D00');
  },
  'hands 61xx and 6Cxx through, which the transport rules answer': async (channel) => {
    expect(toHex(await channel.transmit(commands.announced))).toBe('6100');
    expect(toHex(await channel.transmit(commands.wrongLength))).toBe('6C10');
    const withRules = withTransportRules(channel);
    expect(await withRules.transmit(commands.announced)).toHaveLength(602);
    expect(toHex(await withRules.transmit(commands.wrongLength))).toBe('000102030405060708090A0B0C0D0E0F9000');
  },
  'keeps the order of commands that were not waited for': async (channel) => {
    const answers = await Promise.all([1, 2, 3, 4, 5].map((byte) => channel.transmit(commands.echo(byte))));
    expect(answers.map(toHex)).toEqual(['019000', '029000', '039000', '049000', '059000']);
  },
  'makes the card forget by a reset': async (channel) => {
    expect(toHex(await channel.transmit(commands.count))).toBe('019000');
    expect(toHex(await channel.transmit(commands.count))).toBe('029000');
    await channel.reset();
    expect(toHex(await channel.transmit(commands.count))).toBe('019000');
    expect(toHex(channel.answerToReset!)).toBe('3B80800101');
  },
  'refuses everything once closed, and may be closed again': async (channel) => {
    await channel.close();
    await channel.close();
    await expect(channel.transmit(commands.count)).rejects.toMatchObject({ code: 'channel-closed' });
    await expect(channel.reset()).rejects.toMatchObject({ code: 'channel-closed' });
  },
};
