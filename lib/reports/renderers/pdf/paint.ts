import type { Faces } from './faces.ts';
import type { Layout, Mark } from './flow.ts';
import { colours, page, type Style, styles } from './theme.ts';

/** What stands at the head of every page but the first, and at the foot of all. */
export interface Margins {
  readonly left: string;
  readonly right: string;
  readonly foot: string;
}

/** A number as content streams have it. */
const number = (value: number): string => String(Math.round(value * 1000) / 1000);
/** `#rrggbb` as operands of `rg`. */
const rgb = (colour: string): string => [1, 3, 5].map((at) => number(Number.parseInt(colour.slice(at, at + 2), 16) / 255)).join(' ');

/**
 * Writes text into the content stream. `document.text` would do the same through half a dozen objects per letter; on ten thousand findings that is most of the time and
 * memory, so it is left for scripts whose letters must be shaped together.
 */
const drawText = (document: PDFKit.PDFDocument, faces: Faces, text: string, { face, size, colour }: Style, x: number, y: number): void => {
  let at = x;
  for (const piece of faces.pieces(text, face)) {
    const glyphs = piece.face.encoded(piece.text);
    if (glyphs === undefined)
      document.fillColor(colour).font(piece.face.name).fontSize(size).text(piece.text, at, y, { lineBreak: false, baseline: 'alphabetic' });
    else
      document.addContent(
        `q 1 0 0 -1 0 ${number(page.height)} cm ${rgb(colour)} rg BT /${piece.face.use(document.page)} ${number(size)} Tf 1 0 0 1 ${number(at)} ${number(page.height - y)} Tm ${glyphs} Tj ET Q`,
      );
    at += piece.face.width(piece.text) * (size / 1000);
  }
};

const rightOf = (faces: Faces, text: string, { face, size }: Style, right: number): number => right - faces.width(text, face, size);

/** Shortens a text with an ellipsis until it fits. */
const shortened = (faces: Faces, text: string, style: Style, width: number): string => {
  const shown = faces.visible(text, style.face);
  if (faces.width(shown, style.face, style.size) <= width) return shown;
  const characters = Array.from(shown);
  while (characters.length > 0 && faces.width(`${characters.join('')}…`, style.face, style.size) > width) characters.pop();
  return `${characters.join('')}…`;
};

const drawMargins = (document: PDFKit.PDFDocument, faces: Faces, margins: Margins, number: number, total: number): void => {
  document.markContent('Artifact', { type: 'Pagination' });
  const style = styles.small;
  if (number > 1) {
    const half = (page.right - page.left) / 2 - 8;
    drawText(document, faces, shortened(faces, margins.left, style, half), style, page.left, 38);
    const right = shortened(faces, margins.right, style, half);
    drawText(document, faces, right, style, rightOf(faces, right, style, page.right), 38);
    document.rect(page.left, 44, page.right - page.left, 0.6).fill(colours.line);
  }
  const count = `${number} / ${total}`;
  const room = page.right - page.left - 60;
  drawText(document, faces, shortened(faces, margins.foot, style, room), style, page.left, 814);
  drawText(document, faces, count, style, rightOf(faces, count, style, page.right), 814);
  document.endMarkedContent();
};

interface Painter {
  readonly document: PDFKit.PDFDocument;
  readonly faces: Faces;
  readonly layout: Layout;
  /** The structure element of the block being drawn, which may go on over pages. Blocks come in order, so an earlier one is done. */
  block: { readonly number: number; readonly element: PDFKit.PDFStructureElement } | undefined;
}

const elementOf = (painter: Painter, number: number): PDFKit.PDFStructureElement => {
  if (painter.block?.number === number) return painter.block.element;
  painter.block?.element.end();
  const element = painter.document.struct(painter.layout.blocks[number] ?? 'P');
  painter.document.addStructure(element);
  painter.block = { number, element };
  return element;
};

/** Tells the reader of the file which words belong together, and which marks are decoration. */
const marking = (painter: Painter) => {
  let open: number | 'decoration' | undefined;
  const close = () => {
    if (open !== undefined) painter.document.endMarkedContent();
    open = undefined;
  };
  const enter = (block: number | 'decoration') => {
    if (open === block) return;
    close();
    if (block === 'decoration') painter.document.markContent('Artifact', { type: 'Layout' });
    else elementOf(painter, block).add(painter.document.markStructureContent(painter.layout.blocks[block] ?? 'P'));
    open = block;
  };
  return { enter, close };
};

const drawPage = (painter: Painter, marks: readonly Mark[]): void => {
  const { document, faces, layout } = painter;
  const { enter, close } = marking(painter);
  for (const mark of marks) {
    if (mark.kind === 'box') {
      enter('decoration');
      document.rect(mark.x, mark.y, mark.width, mark.height).fill(mark.fill);
    } else if (mark.kind === 'text') {
      enter(mark.block);
      drawText(document, faces, mark.text, mark.style, mark.x, mark.y);
    } else if (mark.kind === 'page-of') {
      enter(mark.block);
      const text = String((layout.anchors.get(mark.to)?.page ?? 0) + 1);
      drawText(document, faces, text, mark.style, rightOf(faces, text, mark.style, mark.right), mark.y);
    } else if (layout.anchors.has(mark.to)) document.goTo(mark.x, mark.y, mark.width, mark.height, mark.to);
  }
  close();
};

const drawBookmarks = (document: PDFKit.PDFDocument, { bookmarks }: Layout): void => {
  let parent = document.outline;
  for (const { level, title, page: pageNumber, y: top } of bookmarks) {
    // without `left`, pdfkit jumps to the right edge of the page
    const place = { pageNumber, top, left: page.width, expanded: false };
    if (level === 1) parent = document.outline.addItem(title, place);
    else parent.addItem(title, place);
  }
};

/**
 * Collects what goes on a page and hands it over in one piece. pdfkit makes a buffer of every single command, half a million of them for ten thousand findings.
 */
const collect = (document: PDFKit.PDFDocument): (() => void) => {
  let commands: string[] = [];
  document.addContent = (command: string) => {
    commands.push(command);
    return document;
  };
  return () => {
    document.page.write(commands.join('\n'));
    commands = [];
  };
};

/** Puts a layout into the document, page by page, so that only one page is in memory. */
export const paint = (document: PDFKit.PDFDocument, faces: Faces, layout: Layout, margins: Margins): void => {
  const byPage = Map.groupBy(layout.anchors, ([, anchor]) => anchor.page);
  const painter: Painter = { document, faces, layout, block: undefined };
  const finishPage = collect(document);
  for (const [index, marks] of layout.pages.entries()) {
    document.addPage();
    for (const [name, { y }] of byPage.get(index) ?? []) document.addNamedDestination(name, 'XYZ', 0, y, null);
    drawPage(painter, marks);
    drawMargins(document, faces, margins, index + 1, layout.pages.length);
    finishPage();
  }
  drawBookmarks(document, layout);
};
