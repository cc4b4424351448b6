/** The head of a generated page. */
export const heading = (title: string, text: string): string =>
  `<!-- written by \`npm run docs\`; do not edit -->\n# ${title}\n\n${text}\n\n`;

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const row = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |\n`;

/** A table of texts. */
export const tableOf = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  row(head) + row(head.map(() => '---')) + rows.map(row).join('');
