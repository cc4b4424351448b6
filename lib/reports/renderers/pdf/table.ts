import type { Flow } from './flow.ts';
import { type Line, type Paragraph, span, tallest, wrap } from './text.ts';
import { colours, contentWidth, lineHeight, page, styles } from './theme.ts';

export interface TableColumn {
  readonly title: string;
  /** Share of the width. */
  readonly share: number;
  readonly right?: boolean;
}

/** A cell is some paragraphs, one under the other. */
export type Cell = readonly Paragraph[];
export type Row = readonly Cell[];

const padding = { x: 4, y: 3.2 } as const;

interface Track {
  readonly x: number;
  readonly width: number;
  readonly right: boolean;
}

const tracks = (columns: readonly TableColumn[], x: number, width: number): readonly Track[] => {
  const total = columns.reduce((sum, { share }) => sum + share, 0);
  let start = x;
  return columns.map(({ share, right = false }) => {
    const track = { x: start, width: (width * share) / total, right };
    start += track.width;
    return track;
  });
};

const heightOf = (line: Line): number => lineHeight(tallest(line, styles.cell.size));

const drawHead = (flow: Flow, columns: readonly TableColumn[], all: readonly Track[], width: number): void => {
  const height = lineHeight(styles.columnTitle.size) + 2 * padding.y;
  flow.begin('P');
  flow.box(all[0]?.x ?? page.left, flow.y(), width, height, colours.panel);
  for (const [index, { x, width: own, right }] of all.entries())
    flow.label(
      columns[index]?.title ?? '',
      styles.columnTitle,
      right ? x + own - padding.x : x + padding.x,
      flow.y() + padding.y + lineHeight(styles.columnTitle.size) * 0.74,
      right,
    );
  flow.gap(height);
};

/** Draws as many lines of each cell as fit, and answers what is left of them. */
const drawPart = (flow: Flow, cells: readonly (readonly Line[])[], all: readonly Track[], room: number): readonly (readonly Line[])[] => {
  const top = flow.y() + padding.y;
  let deepest = 0;
  const rest = cells.map((lines, index) => {
    const { x, width, right } = all[index] as Track;
    let depth = 0;
    let drawn = 0;
    for (const line of lines) {
      const height = heightOf(line);
      if (depth + height > room) break;
      const last = line.at(-1);
      const indent = right && last ? width - 2 * padding.x - (last.x + last.width) : 0;
      flow.line(line, x + padding.x + indent, top + depth + height * 0.74);
      depth += height;
      drawn += 1;
    }
    deepest = Math.max(deepest, depth);
    return lines.slice(drawn);
  });
  flow.gap(deepest + 2 * padding.y);
  return rest;
};

/**
 * A table with its head repeated on every page. A row stays whole where it fits on a page, and goes on over pages where it does not; text wraps inside its cell and
 * never leaves it.
 */
export const table = (
  flow: Flow,
  columns: readonly TableColumn[],
  rows: Iterable<Row>,
  { x = page.left, width = contentWidth }: { readonly x?: number; readonly width?: number } = {},
): void => {
  const all = tracks(columns, x, width);
  const headHeight = lineHeight(styles.columnTitle.size) + 2 * padding.y;
  let started = false;
  for (const row of rows) {
    let cells: readonly (readonly Line[])[] = row.map((cell, index) =>
      cell.flatMap((paragraph) => wrap(paragraph, (all[index] as Track).width - 2 * padding.x, flow.faces)),
    );
    const whole = Math.max(...cells.map((lines) => lines.reduce((sum, line) => sum + heightOf(line), 0))) + 2 * padding.y;
    const wanted = whole < 160 ? whole : 60;
    if (!started || flow.left() < wanted) {
      flow.need((started ? 0 : headHeight) + wanted);
      drawHead(flow, columns, all, width);
      started = true;
    }
    flow.begin('P');
    for (;;) {
      cells = drawPart(flow, cells, all, flow.left() - 2 * padding.y);
      if (cells.every((lines) => lines.length === 0)) break;
      flow.newPage();
      drawHead(flow, columns, all, width);
    }
    flow.box(x, flow.y(), width, 0.5, colours.line);
  }
  flow.gap(8);
};

/** A cell of one plain text. */
export const cell = (text: string): Cell => [[span(text, styles.cell)]];
export const softCell = (text: string): Cell => [[span(text, styles.cellSoft)]];
export const boldCell = (text: string): Cell => [[span(text, styles.cellBold)]];
