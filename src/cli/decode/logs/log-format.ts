/** A message of a conversation, as a log has it. */
export interface LoggedMessage {
  readonly direction: 'command' | 'response' | 'answer-to-reset';
  readonly bytes: Uint8Array;
  /** As the log writes it. */
  readonly time?: string;
  /** From command to response. */
  readonly elapsedUs?: number;
}

/** A command with its answer; a log can lack either. */
export interface LoggedExchange {
  readonly command?: Uint8Array;
  readonly response?: Uint8Array;
  readonly time?: string;
  readonly elapsedUs?: number;
}

export interface LoggedSession {
  readonly title?: string;
  readonly answerToReset?: Uint8Array;
  readonly exchanges: readonly LoggedExchange[];
}

/** A way in which programs write conversations. */
export interface LogFormat {
  readonly name: string;
  /** For people: which program writes it. */
  readonly title: string;
  /** Whether the text is such a log; looks at no more than it needs. */
  recognises(log: LogText): boolean;
  /** Throws `CommandError` with line and column where hex is damaged. */
  read(log: LogText): LoggedSession[];
}

export interface LogLine {
  readonly text: string;
  /** From 1. */
  readonly number: number;
}

/** A log, cut into lines. */
export interface LogText {
  readonly text: string;
  readonly lines: readonly LogLine[];
  /** Card numbers may stand in error messages. */
  readonly showPan: boolean;
  /** Damaged hex is passed over. */
  readonly tolerant?: boolean;
}

/** Colours of terminals. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what they are made of.
const ESCAPES = /\u001b\[[0-9;]{0,20}[A-Za-z]/g;

export function createLogText(text: string, showPan: boolean): LogText {
  const plain = text.replace(ESCAPES, '');
  return {
    text: plain,
    lines: plain.split(/\r?\n/).map((line, index) => ({ text: line, number: index + 1 })),
    showPan,
  };
}
