export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

export const code = (text: string): string => `<code>${escapeHtml(text)}</code>`;

/** A line of Markdown with nothing in it but code and links, whose pages are not served here: their words stay. */
export const fromMarkdown = (line: string): string =>
  line
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .split('`')
    .map((part, place) => (place % 2 === 1 ? code(part) : escapeHtml(part)))
    .join('');

/** A table that scrolls by itself where the screen is narrower. Cells are HTML. */
export const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  `<div class="wide"><table><thead><tr>${heads.map((head) => `<th scope="col">${head}</th>`).join('')}</tr></thead>
<tbody>${rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('\n')}</tbody></table></div>`;
