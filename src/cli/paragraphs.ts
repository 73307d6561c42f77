/**
 * Prints what a command says piece by piece. An empty line before a piece parts it from the one above; before the first
 * there is none, so that the first line says something (`| head -1`).
 */
export class Paragraphs {
  #isFirst = true;

  print(lines: readonly string[]): void {
    if (lines.length === 0) return;
    const shown = this.#isFirst && lines[0] === '' ? lines.slice(1) : lines;
    this.#isFirst = false;
    for (const line of shown) console.log(line);
  }
}
