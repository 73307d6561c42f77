const open: (() => unknown)[] = [];

/** Has something closed after the tests of the file that opened it, whichever files share its process. */
export const closeAtEnd = (close: () => unknown): void => void open.push(close);

/** Closes what is open, the last first. */
export async function closeAll(): Promise<void> {
  for (const close of open.splice(0).reverse()) await close();
}
