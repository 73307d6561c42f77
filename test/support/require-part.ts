/** A part of the machine that some tests need and a newcomer's machine may not have. */
export type Part = 'pcsc' | 'opensc' | 'pcsc-tools' | 'postgresql';

/**
 * Whether the part is there, for `describe.runIf`. `look` throws where it is not, with an error that says how to mend
 * it. Where the part is required (any part in CI, those named in YONGTAP_REQUIRE elsewhere) that error fails the file;
 * elsewhere the tests are left out and the reason is printed.
 */
export async function requirePart(part: Part, look: () => void | Promise<void>): Promise<boolean> {
  try {
    await look();
    return true;
  } catch (error) {
    if (isRequired(part)) throw new Error(`${part} is required here and missing`, { cause: error });
    console.warn(`LEFT OUT, for want of ${part}: ${(error as Error).message}`);
    return false;
  }
}

function isRequired(part: Part): boolean {
  const { CI, YONGTAP_REQUIRE = '' } = process.env;
  return Boolean(CI && CI !== 'false' && CI !== '0') || YONGTAP_REQUIRE.split(',').includes(part);
}
