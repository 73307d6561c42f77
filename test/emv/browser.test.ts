import { createContext, runInContext } from 'node:vm';
import { build } from 'esbuild';
import { beforeAll, expect, test } from 'vitest';
import { explain, explainCommand, explainDataObjectList, explainResponse, fromHex } from '../../emv/index.js';
import { readVectors } from './read-vectors.js';

/** The rooms that a web page may use. */
const rooms = ['bytes', 'tlv/index', 'tags/index', 'apdu/index', 'values/index', 'explain/index'];

/** What a page has beside the language itself, as far as these rooms need it. */
const page = createContext({ TextDecoder });

const inPage = (expression: string): unknown =>
  JSON.parse(runInContext(`JSON.stringify(${expression})`, page) as string) as unknown;

beforeAll(async () => {
  const { outputFiles } = await build({
    stdin: { contents: rooms.map((room) => `export * from './emv/${room}.js';`).join('\n'), resolveDir: '.' },
    bundle: true,
    platform: 'browser',
    format: 'iife',
    globalName: 'emv',
    write: false,
  });
  runInContext(outputFiles[0]!.text, page);
});

test('there is nothing of Node in the page', () => {
  expect(inPage('[typeof process, typeof Buffer, typeof require, typeof global]')).toEqual(
    Array.from({ length: 4 }, () => 'undefined'),
  );
});

test('a page explains every recorded answer as Node does', () => {
  const answers = readVectors('tlv-decode', 'tlv.decode').map(({ input }) => input.hex as string);
  for (const language of ['en', 'zh'] as const) {
    const explained = inPage(
      `${JSON.stringify(answers)}.map((hex) => emv.explain(emv.fromHex(hex), { language: '${language}' }))`,
    );
    expect(explained).toEqual(answers.map((hex) => explain(fromHex(hex), { language })));
  }
});

test.each([
  ['explainCommand', explainCommand, '80A8000006830428000080 00'],
  ['explainResponse', explainResponse, '9F36020ADC6A82'],
  ['explainDataObjectList', explainDataObjectList, '9F66049F3704'],
] as const)('a page has %s', (name, inNode, spaced) => {
  const hex = spaced.replaceAll(' ', '');
  expect(inPage(`emv.${name}(emv.fromHex('${hex}'))`)).toEqual(inNode(fromHex(hex)));
});

test('a page encodes what it decoded, and gets the same errors', () => {
  expect(inPage(`emv.toHex(emv.encode(emv.decode(emv.fromHex('0070065F2403301231'))))`)).toBe('70065F2403301231');
  runInContext('try { emv.decode(emv.fromHex("5A02AA")) } catch (error) { refusal = error }', page);
  expect(inPage('{ name: refusal.name, code: refusal.code, offset: refusal.offset, tag: refusal.tag }')).toEqual({
    name: 'TlvError',
    code: 'value-truncated',
    offset: 3,
    tag: '5A',
  });
});
