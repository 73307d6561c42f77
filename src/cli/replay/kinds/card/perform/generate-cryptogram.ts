import { buildDataObjectList, concat, fromHex, generateApplicationCryptogram } from '../../../../../../emv/index.js';
import type { CardRun, Seen } from '../card-run.js';
import type { StepOf } from '../step-schema.js';
import { terminalMap } from '../terminal-map.js';
import { issuerCryptogram } from '../verify-proofs.js';

const requestBits = { AAC: 0x00, TC: 0x40, ARQC: 0x80 } as const;
const DEFAULTS: Readonly<Record<string, string>> = { '9F02': '000000001000', '5F2A': '0156' };

/** GENERATE AC, the first or the second, with the terminal's data as the card's list asks for them. */
export function generateCryptogram(run: CardRun, step: StepOf<'genAC'>): Seen {
  const list = fromHex(run.application.data[step.n === 1 ? '8C' : '8D'] ?? '');
  const said = Object.fromEntries(
    Object.entries(step.terminal).map(([tag, value]) => {
      const { hex } = run.resolve(tag, value);
      // What a step repeats of the defaults is no choice of its own: the transaction's own amount and currency stand.
      const isDefault = hex === DEFAULTS[tag];
      return [tag, isDefault ? (run.symbolic[tag] ?? run.contact[tag] ?? hex) : hex];
    }),
  );
  const values = { ...run.terminal, ...run.symbolic, ...said };
  const data = buildDataObjectList(list, terminalMap(values));
  const [type, signed] = step.request.split(/\s*[+|]\s*/);
  const seen = withBareCryptogram(
    run.send(
      generateApplicationCryptogram(
        requestBits[type as keyof typeof requestBits],
        step.cda || signed !== undefined,
        data,
      ),
    ),
  );
  run.terminal = values;
  run.listedData = step.n === 1 ? data : concat(run.listedData, data);
  // A signed answer has the cryptogram in its signature: the issuer computes the same one.
  if (step.n === 1)
    run.firstCryptogram = seen.tags.get('9F26') ?? (seen.tags.has('9F4B') ? issuerCryptogram(run, seen) : undefined);
  run.counter = seen.tags.get('9F36') ?? run.counter;
  return seen;
}

/** Template 80 holds 9F27, 9F36, 9F26 and 9F10 without tags. */
function withBareCryptogram(seen: Seen): Seen {
  const bare = seen.tags.get('80');
  if (bare === undefined) return seen;
  const parts = [
    ['9F27', bare.subarray(0, 1)],
    ['9F36', bare.subarray(1, 3)],
    ['9F26', bare.subarray(3, 11)],
    ['9F10', bare.subarray(11)],
  ] as const;
  return { ...seen, tags: new Map([...seen.tags, ...parts]) };
}
