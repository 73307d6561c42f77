export type TextValues = Readonly<Record<string, string | number | undefined>>;

/** A text with blanks, `{name}`, taken apart once: every price and every receipt says several of them. */
export function textTemplate(text: string): (values: TextValues) => string {
  // Words and the names of blanks in turn.
  const parts = text.split(/\{(\w+)\}/);
  const [whole] = parts;
  if (parts.length === 1) return () => whole!;
  return (values) =>
    parts.reduce((filled, part, index) => filled + (index % 2 === 0 ? part : String(values[part] ?? '')), '');
}
