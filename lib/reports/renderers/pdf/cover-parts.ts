import type { Flow } from './flow.ts';
import { type Paragraph, span, wrap } from './text.ts';
import { colours, contentWidth, lineHeight, page, type Style, styles } from './theme.ts';

const onBrand = (face: Style['face'], size: number, colour: string = colours.onBrand): Style => ({ face, size, colour });

/** The largest size, down to a limit, at which a text fits into a width. */
const shrunk = (flow: Flow, text: string, style: Style, width: number, smallest: number): Style => {
  let { size } = style;
  while (size > smallest && flow.faces.width(text, style.face, size) > width) size -= 0.5;
  return { ...style, size };
};

/** The dark head of the first page; grows with what it has to hold. */
export const band = (flow: Flow, small: string, large: string, line: string): void => {
  const head = [span(small, onBrand('bold', 9, colours.onBrandSoft))];
  const main = [span(large, shrunk(flow, large, onBrand('bold', 25), contentWidth, 15))];
  const sub = [span(line, onBrand('regular', 9.4, colours.onBrandSoft))];
  const heights = [head, main, sub].map(
    (one) => wrap(one, contentWidth, flow.faces).length * lineHeight((one[0] as { style: Style }).style.size),
  );
  flow.box(0, 0, page.width, heights.reduce((sum, height) => sum + height, 0) + 60, colours.brand);
  flow.moveTo(28);
  for (const [index, one] of [head, main, sub].entries()) {
    flow.begin(index === 1 ? 'H1' : 'P');
    flow.paragraph(one);
    flow.gap(index === 1 ? 3 : 2);
  }
  flow.moveTo(heights.reduce((sum, height) => sum + height, 0) + 74);
};

/** A framed note with a coloured edge. */
export const note = (flow: Flow, heading: string, texts: readonly string[]): void => {
  const width = contentWidth - 24;
  const all: readonly Paragraph[] = texts.map((text) => [span(texts.length > 1 ? `•  ${text}` : text, styles.warning)]);
  const head: Paragraph = [span(heading, styles.warningBold)];
  const height = [head, ...all].reduce((sum, one) => sum + wrap(one, width, flow.faces).length * lineHeight(styles.warning.size) + 2, 0);
  // a note longer than the page goes on without its frame
  if (height + 16 < flow.left()) {
    flow.box(page.left, flow.y(), contentWidth, height + 12, colours.warningPanel);
    flow.box(page.left, flow.y(), 3, height + 12, colours.warningLine);
  }
  flow.gap(6);
  for (const one of [head, ...all]) {
    flow.begin('P');
    flow.paragraph(one, { x: page.left + 14, width });
    flow.gap(2);
  }
  flow.gap(14);
};

interface Tile {
  readonly number: string;
  readonly word: string;
  readonly detail: string;
  readonly colour: string;
}

/** Key numbers side by side. */
export const tiles = (flow: Flow, all: readonly Tile[]): void => {
  const gap = 8;
  const width = (contentWidth - gap * (all.length - 1)) / all.length;
  const inner = width - 14;
  const lines = all.map(({ detail }) => wrap([span(detail, styles.small)], inner, flow.faces).length);
  const height = 45 + Math.max(...lines) * lineHeight(styles.small.size);
  const top = flow.y();
  for (const [index, { number, word, detail, colour }] of all.entries()) {
    const x = page.left + index * (width + gap);
    flow.begin('P');
    flow.box(x, top, width, height, colours.panel);
    flow.box(x, top, width, 2.5, colour);
    flow.label(number, shrunk(flow, number, { face: 'bold', size: 19, colour: colours.ink }, inner, 8), x + 9, top + 26);
    flow.label(word, shrunk(flow, word, styles.cellBold, inner, 5), x + 9, top + 40);
    flow.moveTo(top + 43);
    flow.paragraph([span(detail, styles.small)], { x: x + 9, width: inner });
  }
  flow.moveTo(top + height + 14);
};

/** Small capitals over a part of the page. */
export const caption = (flow: Flow, text: string, x: number = page.left): void => {
  flow.begin('P');
  flow.label(text.toUpperCase(), styles.label, x, flow.y() + 7);
  flow.gap(13);
};

/** Names with values, in two columns. */
export const facts = (flow: Flow, all: readonly (readonly [string, string])[]): void => {
  for (const [name, value] of all) {
    flow.begin('P');
    flow.need(lineHeight(styles.body.size));
    flow.label(name, styles.bodySoft, page.left, flow.y() + lineHeight(styles.body.size) * 0.74);
    flow.paragraph([span(value, styles.body)], { x: page.left + 110, width: contentWidth - 110 });
    flow.gap(1.5);
  }
};
