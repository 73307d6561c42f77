/** Control characters and lone surrogates are refused: no database and no log line can carry them. */
export const namePattern = /^[^\p{Cc}\p{Cs}]{1,64}$/u;

/** What such a name is, in words. */
export const NAME_RULE = '1 to 64 characters, none of them a control character';
