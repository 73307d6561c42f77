import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeCommand } from '../../../emv/apdu/index.js';
import { concat, fromHex, toHex } from '../../../emv/bytes.js';
import { speakingT0 } from '../../../simulator/index.js';
import { type CardChannel, createSoftwareChannel, withTransportRules } from '../../../src/readers/index.js';

/** A card of whole commands that answers each with the next of some answers, and remembers what it was asked. */
class AnsweringCard {
  readonly asked: string[] = [];
  constructor(private readonly answers: readonly Uint8Array[]) {}
  powerOn = () => fromHex('3B600000');
  powerOff = () => {};
  transmit(command: Uint8Array): Uint8Array {
    this.asked.push(toHex(command));
    return this.answers[this.asked.length - 1] ?? fromHex('6F00');
  }
}

/** The channel of a reader that speaks T=0 to the card, and what went over it. */
function overT0(card: AnsweringCard): { channel: CardChannel; sent: string[] } {
  const sent: string[] = [];
  const inner = createSoftwareChannel(speakingT0(card));
  const channel: CardChannel = {
    name: 'T=0',
    protocol: 'T=0',
    transmit(command) {
      sent.push(toHex(command));
      return inner.transmit(command);
    },
    reset: () => inner.reset(),
    close: () => inner.close(),
  };
  return { channel: withTransportRules(channel), sent };
}

const byte = fc.integer({ min: 0, max: 255 });
const bytes = (minLength: number, maxLength: number) => fc.uint8Array({ minLength, maxLength });
/** GET RESPONSE is the transport's own, and never a command of the application. */
const header = fc.record({
  cla: fc.constantFrom(0x00, 0x80, 0x84),
  ins: byte.filter((ins) => ins !== 0xc0),
  p1: byte,
  p2: byte,
});
const done = fc.constant(fromHex('9000'));
const warning = fc.constantFrom('6283', '6300', '63C2', '9408').map(fromHex);
const refusal = fc.constantFrom('6A82', '6985', '6E00').map(fromHex);

const settings = { numRuns: 200 };

describe('over T=0, the terminal hears what the card says', () => {
  test('to a command that asks for data, whatever length it asks for', async () => {
    const le = fc.option(fc.integer({ min: 0, max: 256 }), { nil: undefined });
    await fc.assert(
      fc.asyncProperty(header, le, bytes(0, 256), done, async (command, expected, data, statusWord) => {
        const answer = concat(data, statusWord);
        const card = new AnsweringCard([answer]);
        const { channel } = overT0(card);
        const asked = encodeCommand({ ...command, ...(expected !== undefined && { le: expected }) });
        expect(toHex(await channel.transmit(asked))).toBe(toHex(answer));
        expect(card.asked).toHaveLength(1);
      }),
      settings,
    );
  });

  test('to a command with data, with and without data in the answer', async () => {
    await fc.assert(
      fc.asyncProperty(
        header,
        bytes(1, 255),
        fc.boolean(),
        bytes(0, 900),
        done,
        async (command, data, wants, told, statusWord) => {
          const answer = concat(told, statusWord);
          const card = new AnsweringCard([answer]);
          const { channel, sent } = overT0(card);
          const asked = encodeCommand({ ...command, data, ...(wants && { le: 0 }) });
          expect(toHex(await channel.transmit(asked))).toBe(toHex(answer));
          expect(card.asked).toHaveLength(1);
          expect(sent[0]).toBe(toHex(encodeCommand({ ...command, data })));
        },
      ),
      settings,
    );
  });

  test('beside a warning, which hides the data', async () => {
    await fc.assert(
      fc.asyncProperty(header, bytes(1, 255), bytes(0, 600), warning, async (command, data, told, statusWord) => {
        const answer = concat(told, statusWord);
        const card = new AnsweringCard([answer]);
        const asked = encodeCommand({ ...command, data, le: 0 });
        expect(toHex(await overT0(card).channel.transmit(asked))).toBe(toHex(answer));
        expect(card.asked).toHaveLength(1);
      }),
      settings,
    );
  });

  test('in one conversation of many commands, each carried out once', async () => {
    const exchange = fc.record({
      header,
      data: fc.option(bytes(1, 255), { nil: undefined }),
      answer: fc.oneof(
        fc.tuple(bytes(0, 256), done).map(([data, statusWord]) => concat(data, statusWord)),
        refusal,
      ),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(exchange, { maxLength: 12 }), async (exchanges) => {
        const card = new AnsweringCard(exchanges.map(({ answer }) => answer));
        const { channel } = overT0(card);
        for (const { header: command, data, answer } of exchanges) {
          const asked = encodeCommand({ ...command, ...(data && { data }), le: 0 });
          expect(toHex(await channel.transmit(asked))).toBe(toHex(answer));
        }
        expect(card.asked).toHaveLength(exchanges.length);
      }),
      { numRuns: 60 },
    );
  });
});

describe('what goes over T=0', () => {
  const conversation = async (answer: string, command: string) => {
    const { channel, sent } = overT0(new AnsweringCard([fromHex(answer)]));
    const heard = toHex(await channel.transmit(fromHex(command)));
    return { heard, sent };
  };

  test.each([
    ['a wrong length is asked for again', '0102039000', '00B2010C00', ['00B2010C00', '00B2010C03']],
    ['data are collected', '6F009000', '00A4040002010200', ['00A40400020102', '00C0000002']],
    [
      'a blocked application shows itself',
      '6F006283',
      '00A4040002010200',
      ['00A40400020102', '00C0000000', '00C0000002'],
    ],
    ['a warning without data stands alone', '6300', '00820000020102', ['00820000020102']],
    ['a warning to a question for data', '6300', '0082000002010200', ['00820000020102', '00C0000000']],
    ['a refusal is one', '6A82', '00A4040002010200', ['00A40400020102']],
  ])('%s', async (_, answer, command, expected) => {
    const { heard, sent } = await conversation(answer, command);
    expect(heard).toBe(answer);
    expect(sent).toEqual(expected);
  });

  test('a long answer comes in parts', async () => {
    const data = Uint8Array.from({ length: 600 }, (_, index) => index & 0xff);
    const { heard, sent } = await conversation(`${toHex(data)}9000`, '00CA00000101 00'.replace(' ', ''));
    expect(heard).toBe(`${toHex(data)}9000`);
    expect(sent.slice(1)).toEqual(['00C0000000', '00C0000000', '00C0000058']);
  });

  test('nothing of extended length', async () => {
    const card = new AnsweringCard([]);
    const { channel, sent } = overT0(card);
    const long = encodeCommand({ cla: 0, ins: 0xd6, p1: 0, p2: 0, data: new Uint8Array(256) });
    for (const command of [long, encodeCommand({ cla: 0, ins: 0xb0, p1: 0, p2: 0, le: 257 })]) {
      await expect(channel.transmit(command)).rejects.toMatchObject({ code: 'extended-length-unsupported' });
    }
    expect(sent).toEqual([]);
  });
});

describe('a card of protocol T=0', () => {
  const answerOf = async (card: ReturnType<typeof speakingT0>, command: string) => {
    const answer = await card.transmit(fromHex(command));
    return answer instanceof Uint8Array ? toHex(answer) : `torn after ${toHex(answer.received)}`;
  };

  test('gives nothing to GET RESPONSE that it does not have, and forgets it at the next command', async () => {
    const card = speakingT0(new AnsweringCard([fromHex('0102039000'), fromHex('9000')]));
    expect(await answerOf(card, '00C0000000')).toBe('6985');
    expect(await answerOf(card, '00A4040001FF')).toBe('6103');
    expect(await answerOf(card, '0020008000')).toBe('9000');
    expect(await answerOf(card, '00C0000003')).toBe('6985');
  });

  test('forgets what it kept without power', async () => {
    const card = speakingT0(new AnsweringCard([fromHex('0102039000')]));
    await answerOf(card, '00A4040001FF');
    card.powerOff();
    expect(await answerOf(card, '00C0000003')).toBe('6985');
  });

  test.each(['00A40400020102FFFF', '00A404000501', '00A404000000020102'])('refuses %s', async (command) => {
    expect(await answerOf(speakingT0(new AnsweringCard([])), command)).toBe('6700');
  });

  test('leaves as the card does', async () => {
    const leaving = { ...new AnsweringCard([]), transmit: () => ({ by: 'tear', received: fromHex('6F') }) as const };
    expect(await answerOf(speakingT0(leaving), '00A4040001FF')).toBe('torn after 6F');
    expect(await answerOf(speakingT0(leaving), '00B2010C00')).toBe('torn after 6F');
  });
});
