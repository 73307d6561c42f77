import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FaultError, faultDefinitions, formatFault, parseFault } from '../../../simulator/index.js';

test.each([
  ['tear@3', { kind: 'tear', at: 3, bytes: 0 }],
  ['tear@3:17', { kind: 'tear', at: 3, bytes: 17 }],
  ['tear-before@1', { kind: 'tear-before', at: 1 }],
  ['drop@*', { kind: 'drop', at: '*' }],
  ['late@read-record:250', { kind: 'late', at: 'read-record', delayMs: 250 }],
  ['flip@generate-ac:1', { kind: 'flip', at: 'generate-ac', bit: 1 }],
  ['flip@2', { kind: 'flip', at: 2, seed: 0 }],
  ['flip@2:seed=7', { kind: 'flip', at: 2, seed: 7 }],
  ['status@select-ppse:6a82', { kind: 'status', at: 'select-ppse', statusWord: 0x6a82 }],
  ['garbage@*', { kind: 'garbage', at: '*', seed: 0 }],
  ['garbage@issuer-script:seed=9', { kind: 'garbage', at: 'issuer-script', seed: 9 }],
])('%s is understood', (text, fault) => {
  expect(parseFault(text)).toEqual(fault);
});

test.each([
  ['', 0, 'tear@3'],
  ['tear', 4, 'tear@3'],
  ['tare@3', 0, 'tear@3'],
  ['tear@', 5, 'tear@3'],
  ['tear@0', 5, 'tear@3'],
  ['tear@-1', 5, 'tear@3'],
  ['tear@third', 5, 'tear@3'],
  ['tear@READ RECORD', 5, 'tear@3'],
  ['tear@3:', 7, 'tear@3'],
  ['tear@3:x', 7, 'tear@3'],
  ['tear@1.5', 5, 'tear@3'],
  ['tear@9999999', 5, 'tear@3'],
  ['tear-before@3:1', 14, 'tear-before@3'],
  ['drop@1:', 7, 'drop@3'],
  ['late@1', 6, 'late@read-record:250'],
  ['late@1:soon', 7, 'late@read-record:250'],
  ['late@1:600001', 7, 'late@read-record:250'],
  ['flip@1:0', 7, 'flip@generate-ac:17'],
  ['flip@1:seed=', 7, 'flip@generate-ac:17'],
  ['status@1', 8, 'status@get-processing-options:6985'],
  ['status@1:5000', 9, 'status@get-processing-options:6985'],
  ['status@1:900', 9, 'status@get-processing-options:6985'],
  ['garbage@1:7', 10, 'garbage@*'],
  ['tear@3\n', 5, 'tear@3'],
])('%j is refused with the place and an example', (text, offset, example) => {
  const error = (() => {
    try {
      return parseFault(text);
    } catch (thrown) {
      return thrown;
    }
  })();
  expect(error).toBeInstanceOf(FaultError);
  expect(error).toMatchObject({ code: 'fault-invalid', offset });
  expect((error as FaultError).message).toContain(example);
  expect(() => parseFault(example)).not.toThrow();
});

test('every kind has an example that is one of it, and is told back as it was written', () => {
  for (const { kind, example } of faultDefinitions) {
    expect(parseFault(example).kind).toBe(kind);
    expect(formatFault(parseFault(example))).toBe(example);
  }
});

const seed = fc.nat(999_999);
const value = fc.oneof(
  fc.nat(999_999).map(String),
  seed.map((number) => `seed=${number}`),
  fc.constantFrom('6985', '9000', '6283', '', 'x'),
);
const place = fc.oneof(
  fc.nat(1_000_000).map(String),
  fc.constantFrom('*', 'select', 'read-record', 'get-trans-prove', 'nothing'),
);

test('what is understood is told back as the same fault, and nothing else is thrown than what says why', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...faultDefinitions.map(({ kind }) => kind), 'none'),
      place,
      fc.option(value),
      (kind, at, given) => {
        const text = `${kind}@${at}${given === null ? '' : `:${given}`}`;
        try {
          const fault = parseFault(text);
          expect(parseFault(formatFault(fault))).toEqual(fault);
        } catch (error) {
          expect(error).toBeInstanceOf(FaultError);
        }
      },
    ),
  );
  fc.assert(
    fc.property(fc.string(), (text) => {
      try {
        parseFault(text);
      } catch (error) {
        expect(error).toBeInstanceOf(FaultError);
      }
    }),
  );
});
