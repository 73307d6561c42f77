import { cutSealed, joinSealed } from './sealed-parts.js';

/** A tap as its text and what was sealed of it. */
interface TapParts {
  readonly text: string;
  readonly sealed: Uint8Array;
}

/** Taps for another thread: one text and one piece of bytes are cheaper to hand over than many. */
export interface JoinedTaps {
  readonly texts: string;
  readonly textLengths: readonly number[];
  readonly sealed: Uint8Array<ArrayBuffer>;
  readonly sealedLengths: readonly number[];
}

export const joinTaps = (taps: readonly TapParts[]): JoinedTaps => ({
  texts: taps.map(({ text }) => text).join(''),
  textLengths: taps.map(({ text }) => text.length),
  sealed: joinSealed(taps.map(({ sealed }) => sealed)),
  sealedLengths: taps.map(({ sealed }) => sealed.length),
});

/** The taps again, in their order. */
export function cutTaps({ texts, textLengths, sealed, sealedLengths }: JoinedTaps): TapParts[] {
  const nextSealed = cutSealed(sealed);
  let end = 0;
  return textLengths.map((length, index) => {
    end += length;
    return { text: texts.slice(end - length, end), sealed: nextSealed(sealedLengths[index]!) };
  });
}
