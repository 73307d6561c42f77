/** Draws lines of a terminal, colours included, as an SVG. */

const colours = {
  31: '#ff7b72',
  32: '#7ee787',
  33: '#e3b341',
  34: '#79c0ff',
  35: '#d2a8ff',
  36: '#76e3ea',
  90: '#8b949e',
};
const cell = { width: 8.4, height: 19 };
const columnsMax = 118;
const escapeXml = (text) => text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
const widthOf = (text) => [...text].reduce((sum, character) => sum + (/[\u2E80-\uFFEF]/.test(character) ? 2 : 1), 0);

function spansOf(line, y) {
  let style = { fill: '#e6edf3', bold: false, dim: false };
  let column = 0;
  const spans = [];
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape that begins a colour
  for (const part of line.split(/(\x1b\[[0-9;]*m)/)) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: as above
    const codes = /^\x1b\[([0-9;]*)m$/.exec(part);
    if (codes) {
      for (const code of codes[1].split(';').map(Number)) {
        if (code === 0) style = { fill: '#e6edf3', bold: false, dim: false };
        else if (code === 1) style = { ...style, bold: true };
        else if (code === 2) style = { ...style, dim: true };
        else if (code === 22) style = { ...style, bold: false, dim: false };
        else if (code === 39) style = { ...style, fill: '#e6edf3' };
        else if (colours[code]) style = { ...style, fill: colours[code] };
      }
      continue;
    }
    const room = columnsMax - column;
    const text = widthOf(part) > room ? `${[...part].slice(0, Math.max(0, room - 1)).join('')}…` : part;
    if (text && room > 0) {
      spans.push(
        `<text x="${(16 + column * cell.width).toFixed(1)}" y="${y}" fill="${style.fill}"${style.bold ? ' font-weight="700"' : ''}${style.dim ? ' opacity=".62"' : ''}>${escapeXml(text)}</text>`,
      );
    }
    column += widthOf(text);
  }
  return spans;
}

/** The lines below the command that made them, in a window. */
export function drawTerminal(command, output) {
  const lines = [`\x1b[90m$\x1b[39m \x1b[1m${command}\x1b[22m`, ...output];
  const width = 32 + columnsMax * cell.width;
  const height = 60 + lines.length * cell.height;
  const body = lines.flatMap((line, index) => spansOf(line, 56 + index * cell.height));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width.toFixed(0)} ${height}" width="${width.toFixed(0)}" height="${height}" font-family="ui-monospace, SFMono-Regular, Menlo, 'DejaVu Sans Mono', monospace" font-size="14" xml:space="preserve">
<title>${escapeXml(command)}</title>
<rect width="100%" height="100%" rx="10" fill="#0d1117"/>
<circle cx="20" cy="20" r="6" fill="#ff5f57"/><circle cx="40" cy="20" r="6" fill="#febc2e"/><circle cx="60" cy="20" r="6" fill="#28c840"/>
${body.join('\n')}
</svg>
`;
}
