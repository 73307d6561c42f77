/** One word, as a shell reads it where nothing in it stands for something else. */
const WORD = /(?:[\p{L}\p{N}_./:,=+@%-]|'[^']*'|"[^"$`\\!]*")+/uy;

/** The options of a line that is one plain call of the command; undefined where it takes a shell to read it. */
export function optionsOfLine(line: string): readonly string[] | undefined {
  const words: string[] = [];
  for (let at = 0; at < line.length; at = WORD.lastIndex) {
    while (line[at] === ' ') at++;
    WORD.lastIndex = at;
    const word = WORD.exec(line)?.[0];
    if (word === undefined || !/^( |$)/.test(line.slice(WORD.lastIndex))) return undefined;
    words.push(word.replaceAll(/'([^']*)'|"([^"]*)"/g, '$1$2'));
  }
  if (words[0] === 'npx') words.shift();
  return words.shift() === 'yongtap' ? words : undefined;
}
