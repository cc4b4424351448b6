import Table from 'cli-table3';
import type { Terminal } from './terminal.ts';

const plainTable = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
};
const noLines = { ...plainTable, left: '  ', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '', middle: '  ' };

/** Cuts words that are wider than their column, which the library would cut off; a text in a style is left alone, it is short. */
const cutLong = (text: string, width: number): string =>
  text.includes('\u001b') ? text : text.replace(new RegExp(`\\S{${width}}(?=\\S)`, 'g'), '$& ');

/** The width of a column that holds all its texts, but no more than `most`. */
export const widest = (texts: readonly string[], most: number): number => Math.min(most, Math.max(...texts.map((text) => text.length)));

/** A table without lines, as wide as the terminal allows; the last column wraps. */
export const table = (terminal: Terminal, rows: readonly (readonly string[])[], widths: readonly number[]): string => {
  const used = widths.reduce((sum, width) => sum + width + 2, 2);
  const last = Math.max(30, Math.min(terminal.columns, 160) - used);
  const all = [...widths, last];
  const drawn = new Table({
    chars: noLines,
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true },
    colWidths: all,
    wordWrap: true,
    wrapOnWordBoundary: true,
  });
  drawn.push(...rows.map((row) => row.map((text, index) => cutLong(text, all[index] ?? last))));
  return `${drawn.toString().replace(/[ \t]+$/gm, '')}\n`;
};
