import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createTestPki,
  issueCard,
  loadProfile,
  openCard,
  type PresentedCard,
  presentCard,
  type ReaderService,
  speakingT0,
  T0_ANSWER_TO_RESET,
} from '../../../simulator/index.js';
import { startVirtualReaders } from '../../readers/virtual-readers.js';
import { type BuiltProgram, buildProgram } from '../../support/build-program.js';
import { requirePart } from '../../support/require-part.js';
import { seededRandom } from '../../terminal/tap/tap-fixture.js';
import { runInSteps } from '../tap/run-in-steps.js';

let service: ReaderService;
const hasPcsc = await requirePart('pcsc', async () => {
  service = await startVirtualReaders();
});

describe.runIf(hasPcsc)('commands for a card of protocol T=0 on a reader', () => {
  const folder = mkdtempSync(join(tmpdir(), 'yongtap-apdu-'));
  let command: BuiltProgram;
  let card: PresentedCard;
  beforeAll(async () => {
    command = await buildProgram('src/cli/main.ts');
    const image = issueCard(loadProfile('service-card-51'), createTestPki());
    const t0 = speakingT0(openCard(image, { random: seededRandom(1) }));
    card = await presentCard(t0, { ...service.slots[0]!, answerToReset: T0_ANSWER_TO_RESET });
  });
  afterAll(async () => {
    await card?.withdraw();
    command?.remove();
    await service?.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const apdu = async (...options: string[]) => {
    const program = [process.execPath, command.path, 'apdu', '--reader', 'front', ...options];
    const run = runInSteps(program, { YONGTAP_STATE: folder });
    return { code: await run.ended, output: run.output };
  };

  test('the answer is fetched, and the reset tells the card', async () => {
    const { code, output } = await apdu('reset', 'select ppse', 'expect 6F*9000');
    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringMatching(/RESET {2}3B600000 {2}a chip/) });
    expect(output).toContain('1 met, 0 not met');
  });

  test('raw, the script fetches it itself', async () => {
    const select = '00A404000E325041592E5359532E4444463031';
    const { code, output } = await apdu('--raw', select, 'expect 61??', '00C0000032', 'expect 6F*9000');
    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining('2 met, 0 not met') });
  });

  test('a card that is not there is told', async () => {
    await card.withdraw();
    const { code, output } = await apdu('select ppse', '--timeout', '0.2');
    expect({ code, output }).toMatchObject({ code: 1, output: expect.stringMatching(/\[no-card\]/) });
  });
});
