import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { toHex } from '../../../emv/index.js';
import { logFormats, readLog } from '../../../src/cli/decode/logs/index.js';
import type { CommandError } from '../../../src/cli/exit-codes.js';
import { readVectors } from '../../emv/read-vectors.js';

const folder = new URL('logs/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8');

/** What all these logs have written down, each in its own way. */
const [tap] = readVectors('session-qpboc-minted', 'session');
const transcript = tap!.input.transcript as readonly { command: string; response: string }[];

/** Which format each of the logs is. */
const formats: Readonly<Record<string, string>> = {
  'pcscd.log': 'pcscd',
  'pcsc-spy.log': 'pcsc-spy',
  'opensc.log': 'opensc',
  'opensc-0.15.log': 'opensc',
  'globalplatformpro.log': 'globalplatformpro',
  'scriptor.log': 'arrows',
  'c-apdu.log': 'c-apdu',
  'tx-rx.log': 'tx-rx',
  'arrows.log': 'arrows',
  'logcat-isodep.log': 'words',
  'logcat-hce.log': 'words',
  'logcat-nci.log': 'nci',
  'proxmark3.log': 'proxmark3',
  'hex-lines.log': 'hex-lines',
  'pairs.json': 'json',
  'strings.json': 'json',
  'objects.json': 'json',
  'transcript.json': 'json',
};

const exchangesOf = (text: string) =>
  readLog(text, false)!.sessions.flatMap(({ exchanges }) =>
    exchanges.map(({ command, response }) => ({
      command: command && toHex(command),
      response: response && toHex(response),
    })),
  );

describe('the same tap', () => {
  it.each(Object.keys(formats))('is read from %s', (name) => {
    const text = read(name);
    expect(readLog(text, false)?.format.name).toBe(formats[name]);
    expect(exchangesOf(text)).toEqual(transcript);
  });

  it.each(Object.keys(formats))('is read from %s with the line ends of Windows', (name) => {
    expect(exchangesOf(read(name).replaceAll('\n', '\r\n'))).toEqual(transcript);
  });

  it('stands in a log of each format', () => {
    const known = new Set(Object.values(formats));
    expect(logFormats.map(({ name }) => name).filter((name) => !known.has(name))).toEqual(['pcsc_scan']);
    expect(
      readdirSync(folder).filter(
        (name) => !name.endsWith('.txt') && !(name in formats) && !name.startsWith('session-'),
      ),
    ).toEqual([]);
  });

  it.each(['pcscd.log', 'globalplatformpro.log', 'scriptor.log', 'transcript.json'])(
    'has its answer to reset in %s',
    (name) => {
      expect(toHex(readLog(read(name), false)!.sessions[0]!.answerToReset!)).toBe('3B80800101');
    },
  );

  it.each([
    ['pcscd.log', { elapsedUs: 12000 }],
    ['globalplatformpro.log', { elapsedUs: 18000 }],
    ['tx-rx.log', { time: '2024-06-15 09:12:00.010' }],
    ['logcat-isodep.log', { time: '09:12:00.010' }],
    ['opensc.log', { time: '10:15:00.120' }],
    ['transcript.json', { time: '+0 ms', elapsedUs: 12000 }],
    ['objects.json', { time: '2024-06-15T09:12:00Z' }],
  ])('has its times in %s', (name, times) => {
    expect(readLog(read(name), false)!.sessions[0]!.exchanges[0]).toMatchObject(times);
  });

  it('is read from each session of a vector file', () => {
    const text = readFileSync('test-vectors/session-qpboc-minted.json', 'utf8');
    const { sessions } = readLog(text, false)!;
    expect(sessions.length).toBe(readVectors('session-qpboc-minted', 'session').length);
    expect(sessions[0]!.title).toContain(tap!.id);
  });
});

describe('a log', () => {
  it('can be coloured', () => {
    expect(exchangesOf('\u001b[32m> 00B2011400\u001b[0m\n\u001b[1m< 6A83\u001b[0m')).toEqual([
      { command: '00B2011400', response: '6A83' },
    ]);
  });

  it('may lack an answer, or a command', () => {
    expect(exchangesOf('> 00B2011400\n> 00B2021400\n< 6A83\n< 6A82')).toEqual([
      { command: '00B2011400', response: undefined },
      { command: '00B2021400', response: '6A83' },
      { command: undefined, response: '6A82' },
    ]);
  });

  it('of pcsc_scan is an answer to reset', () => {
    const log = readLog(
      'Reader 0: ACS ACR1252\n  Card state: Card inserted,\n  ATR: 3B 8F 80 01 80 4F 0C A0 00 00 03 06 03 00 01 00 00 00 00 6A\n\nATR: 3B 8F 80 01\n+ TS = 3B --> Direct Convention',
      false,
    );
    expect(log?.format.name).toBe('pcsc_scan');
    expect(toHex(log!.sessions[0]!.answerToReset!)).toBe('3B8F8001804F0CA000000306030001000000006A');
  });

  it.each([
    ['> 00B2011400\n< 6A8', 'half a byte (line 2, column 5)', '  < 6A8\n      ^'],
    [
      '> 00 A4 04 00 0G 07\n< 90 00\n> 00B2011400\n< 6A83',
      'not a hex digit (line 1, column 16)',
      '  > 00 A4 04 00 0G 07\n                 ^',
    ],
    ['10:00:00 > 00B2011400\n10:00:01 < 70045F280z01569000', 'not a hex digit (line 2, column 21)', undefined],
    ['{"transcript":[\n {"command":"00B2011400","response":"6A8"}]}', 'half a byte (line 2, column 40)', undefined],
    ['[["00B2011400", "6A83"],', 'not JSON (line 1, column 25)', undefined],
  ])('%j is refused with its place', (text, message, place) => {
    expect(() => readLog(text, false)).toThrow(message);
    if (place !== undefined) expect(() => readLog(text, false)).toThrow(place);
  });

  it.each(['', 'no log', 'a > b\nc < d', 'send: hello\nresp: world', '<html><p>00</p></html>', '9F36 -> 12', 'e30='])(
    '%j is none',
    (text) => {
      expect(readLog(text, false)).toBeUndefined();
    },
  );
});

/** An answer of 9000 alone would be believed. */
describe('bytes that a log leaves out', () => {
  const command = '> 00A404000E325041592E5359532E444446303100';
  const damaged = async (answer: string) => {
    try {
      readLog(`${command}\n${answer}\n> 00B2010C00\n< 6A83\n`, false);
    } catch (error) {
      return error as CommandError;
    }
    return undefined;
  };

  it.each([
    ['< 6F30840E325041592E… (50 bytes) 9000', 'cut off here (line 2, column 21)'],
    ['< 6F30840E325041592E... 9000', 'cut off here (line 2, column 21)'],
    ['< 70125A08622800********0179 9000', 'masked from here on (line 2, column 17)'],
  ])('%s is refused', async (answer, told) => {
    const error = await damaged(answer);
    expect(error).toMatchObject({ code: 'log-hex-invalid', message: expect.stringContaining(told) });
    expect(error!.hint).toContain('--record');
  });
});
