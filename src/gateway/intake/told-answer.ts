import type { TapAnswer, ToldAnswer } from './intake.js';

export function toToldAnswer({ receipt, ...rest }: TapAnswer): ToldAnswer {
  return receipt === undefined ? rest : { ...rest, receipt: JSON.stringify(receipt) };
}

/** The JSON of an answer and of what is told with it; a receipt comes last. */
export function answerText<Told extends { readonly receipt?: string }>({ receipt, ...rest }: Told): string {
  const text = JSON.stringify(rest);
  return receipt === undefined ? text : `${text.slice(0, -1)},"receipt":${receipt}}`;
}
