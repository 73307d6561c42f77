import { CommandError, exitCodes } from '../../../exit-codes.js';

const DIGITS = { min: 4, max: 12 } as const;
const ENTER = ['\r', '\n'];
const BACKSPACE = ['\u007f', '\b'];
const INTERRUPT = '\u0003';

/** Digits from a terminal that shows none of them. `undefined` for none; Ctrl-C throws {@link CommandError}. */
export async function readPin(
  prompt: string,
  { input, output }: { readonly input: NodeJS.ReadStream; readonly output: NodeJS.WriteStream },
): Promise<string | undefined> {
  // No digit is shown from the moment on that one is asked for.
  input.setRawMode(true);
  output.write(prompt);
  input.resume();
  try {
    return await new Promise<string | undefined>((resolve, reject) => {
      let digits = '';
      input.on('data', (chunk: Buffer) => {
        for (const key of chunk.toString('latin1')) {
          if (key === INTERRUPT) reject(new CommandError('called-off', 'called off', exitCodes.no));
          else if (BACKSPACE.includes(key)) digits = digits.slice(0, -1);
          else if (/\d/.test(key) && digits.length < DIGITS.max) digits += key;
          else if (ENTER.includes(key) && digits === '') resolve(undefined);
          else if (ENTER.includes(key) && digits.length >= DIGITS.min) resolve(digits);
        }
      });
    });
  } finally {
    input.removeAllListeners('data');
    input.setRawMode(false);
    input.pause();
    output.write('\n');
  }
}
