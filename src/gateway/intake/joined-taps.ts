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

/** In memory of its own: handed over to another thread it is gone here, and with it whatever shares its memory. */
function joinSealed(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** The taps again, in their order; what was sealed of them as views. */
export function cutTaps({ texts, textLengths, sealed, sealedLengths }: JoinedTaps): TapParts[] {
  let [textEnd, sealedEnd] = [0, 0];
  return textLengths.map((textLength, index) => {
    const [textStart, sealedStart] = [textEnd, sealedEnd];
    textEnd += textLength;
    sealedEnd += sealedLengths[index]!;
    return { text: texts.slice(textStart, textEnd), sealed: sealed.subarray(sealedStart, sealedEnd) };
  });
}
