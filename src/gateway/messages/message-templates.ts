import texts from './templates.json';

/** What a short message says. Stable: whoever sends them may have to register each. */
export type MessageTemplate = keyof typeof texts;

export type MessageValues = Readonly<Record<string, string>>;

export interface MessageText {
  readonly text: string;
  readonly textZh: string;
}

/** A message without one of the values that its template asks for. */
export class MessageError extends Error {
  override readonly name = 'MessageError';
  readonly code = 'message-value-missing';

  constructor(
    readonly template: MessageTemplate,
    readonly value: string,
  ) {
    super(`the template ${template} asks for {${value}}`);
  }
}

export const messageTemplates = Object.keys(texts) as [MessageTemplate, ...MessageTemplate[]];

/** How long a message is worth delivering, in milliseconds. */
export const lifetimeOf = (template: MessageTemplate): number => texts[template].expiresAfterSeconds * 1000;

/** The words of a message. Throws {@link MessageError} where a value is missing. */
export function wordMessage(template: MessageTemplate, values: MessageValues): MessageText {
  const fill = (text: string) =>
    text.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = values[name];
      if (value === undefined) throw new MessageError(template, name);
      return value;
    });
  const { text, textZh } = texts[template];
  return { text: fill(text), textZh: fill(textZh) };
}
