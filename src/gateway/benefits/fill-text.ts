export type TextValues = Readonly<Record<string, string | number | undefined>>;

/** Words in both languages. */
export interface Words {
  readonly text: string;
  readonly textZh: string;
}

const fill = (text: string, values: TextValues): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));

/** Fills the blanks of words; `valuesZh` are those that Chinese says otherwise. */
export const fillWords = ({ text, textZh }: Words, values: TextValues, valuesZh: TextValues = {}): Words => ({
  text: fill(text, values),
  textZh: fill(textZh, { ...values, ...valuesZh }),
});
