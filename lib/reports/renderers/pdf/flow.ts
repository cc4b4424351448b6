import type { Faces } from './faces.ts';
import { type Line, type Paragraph, span, tallest, wrap } from './text.ts';
import { colours, contentWidth, lineHeight, page, type Style, styles } from './theme.ts';

/** Roles that a screen reader knows. */
export type Role = 'H1' | 'H2' | 'H3' | 'P';

/** One mark on a page. `y` is the base line of text, and the upper edge of everything else, in points from the top. */
export type Mark =
  | { readonly kind: 'text'; readonly x: number; readonly y: number; readonly text: string; readonly style: Style; readonly block: number }
  | { readonly kind: 'box'; readonly x: number; readonly y: number; readonly width: number; readonly height: number; readonly fill: string }
  | { readonly kind: 'link'; readonly x: number; readonly y: number; readonly width: number; readonly height: number; readonly to: string }
  /** The number of the page on which an anchor is, known only when all is laid out. */
  | {
      readonly kind: 'page-of';
      readonly right: number;
      readonly y: number;
      readonly to: string;
      readonly style: Style;
      readonly block: number;
    };

export interface Anchor {
  readonly page: number;
  readonly y: number;
}
export interface Bookmark extends Anchor {
  readonly title: string;
  readonly level: 1 | 2;
}

/** Everything that goes on paper, without a PDF yet. */
export interface Layout {
  readonly pages: readonly (readonly Mark[])[];
  readonly anchors: ReadonlyMap<string, Anchor>;
  readonly bookmarks: readonly Bookmark[];
  /** Role of each block; marks name theirs. */
  readonly blocks: readonly Role[];
}

export interface Flow extends Layout {
  readonly faces: Faces;
  /** Where the next line goes. */
  y(): number;
  moveTo(y: number): void;
  gap(height: number): void;
  newPage(): void;
  /** Starts a new page when less than this is left. */
  need(height: number): void;
  left(): number;
  /** Begins a block that a screen reader reads as one. */
  begin(role: Role): void;
  box(x: number, y: number, width: number, height: number, fill: string): void;
  /** One line of text at a base line. */
  line(line: Line, x: number, y: number): void;
  /** A short text at a base line, not wrapped; `right` ends there instead of starting. */
  label(text: string, style: Style, x: number, y: number, right?: boolean): void;
  pageOf(anchor: string, right: number, y: number, style: Style): void;
  linkTo(anchor: string, x: number, y: number, width: number, height: number): void;
  /** A paragraph that goes on over pages. */
  paragraph(paragraph: Paragraph, options?: { readonly x?: number; readonly width?: number }): void;
  anchor(name: string): void;
  /** A heading of the document, with a bookmark. `keep` is the room that must be left below it. */
  heading(level: 1 | 2, text: string, options?: { readonly anchor?: string; readonly keep?: number }): void;
  bookmark(level: 1 | 2, title: string): void;
}

/** Fills pages from top to bottom. */
export const openFlow = (faces: Faces): Flow => {
  const pages: Mark[][] = [[]];
  const anchors = new Map<string, Anchor>();
  const bookmarks: Bookmark[] = [];
  const blocks: Role[] = ['P'];
  let y: number = page.top;
  const current = () => pages.at(-1) as Mark[];
  const block = () => blocks.length - 1;

  const flow: Flow = {
    faces,
    pages,
    anchors,
    bookmarks,
    blocks,
    y: () => y,
    moveTo: (to) => {
      y = to;
    },
    gap: (height) => {
      y += height;
    },
    newPage: () => {
      pages.push([]);
      y = page.top;
    },
    left: () => page.bottom - y,
    need: (height) => {
      if (y + height > page.bottom && y > page.top) flow.newPage();
    },
    begin: (role) => {
      blocks.push(role);
    },
    box: (x, top, width, height, fill) => {
      current().push({ kind: 'box', x, y: top, width, height, fill });
    },
    line: (line, x, base) => {
      for (const { text, style, link, x: offset, width } of line) {
        current().push({ kind: 'text', x: x + offset, y: base, text, style, block: block() });
        if (link !== undefined) flow.linkTo(link, x + offset, base - style.size, width, style.size * 1.3);
      }
    },
    label: (text, style, x, base, right = false) => {
      const shown = faces.visible(text, style.face);
      const width = right ? faces.width(shown, style.face, style.size) : 0;
      current().push({ kind: 'text', x: x - width, y: base, text: shown, style, block: block() });
    },
    pageOf: (to, right, base, style) => {
      current().push({ kind: 'page-of', to, right, y: base, style, block: block() });
    },
    linkTo: (to, x, top, width, height) => {
      current().push({ kind: 'link', to, x, y: top, width, height });
    },
    paragraph: (paragraph, { x = page.left, width = contentWidth } = {}) => {
      const size = paragraph[0]?.style.size ?? styles.body.size;
      const lines = wrap(paragraph, width, faces);
      // no single line of a short paragraph at the foot of a page
      if (lines.length <= 3) flow.need(lines.length * lineHeight(size));
      for (const line of lines) {
        const height = lineHeight(tallest(line, size));
        flow.need(height);
        flow.line(line, x, y + height * 0.74);
        y += height;
      }
    },
    anchor: (name) => {
      anchors.set(name, { page: pages.length - 1, y: Math.max(0, y - 6) });
    },
    bookmark: (level, title) => {
      bookmarks.push({ level, title: faces.visible(title, 'regular'), page: pages.length - 1, y: Math.max(0, y - 6) });
    },
    heading: (level, text, { anchor, keep = 130 } = {}) => {
      const style = level === 1 ? styles.heading : styles.subheading;
      flow.need(lineHeight(style.size) + keep);
      if (y > page.top) y += level === 1 ? 10 : 6;
      if (anchor !== undefined) flow.anchor(anchor);
      flow.bookmark(level, text);
      flow.begin(level === 1 ? 'H1' : 'H2');
      flow.paragraph([span(text, style)]);
      if (level === 1) {
        flow.box(page.left, y + 2, contentWidth, 1.2, colours.brand);
        y += 10;
      } else y += 3;
      flow.begin('P');
    },
  };
  return flow;
};

/** Paragraphs one after the other, each a block. */
export const paragraphs = (flow: Flow, all: readonly Paragraph[], gap = 4): void => {
  for (const one of all) {
    flow.begin('P');
    flow.paragraph(one);
    flow.gap(gap);
  }
};

/** A label such as WHY IT MATTERS with its text beside it. */
export const labelled = (flow: Flow, label: string, text: Paragraph): void => {
  const indent = 74;
  flow.begin('P');
  flow.need(lineHeight(styles.body.size));
  flow.label(label, styles.label, page.left, flow.y() + lineHeight(styles.body.size) * 0.74);
  flow.paragraph(text, { x: page.left + indent, width: contentWidth - indent });
  flow.gap(1.5);
};
