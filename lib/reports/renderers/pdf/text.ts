import type { Faces } from './faces.ts';
import type { Style } from './theme.ts';

/** Text in one style; `link` is the anchor it leads to. */
export interface Span {
  readonly text: string;
  readonly style: Style;
  readonly link?: string;
}
export type Paragraph = readonly Span[];

/** A stretch of a line, `x` points from its start. */
export interface Segment extends Span {
  readonly x: number;
  readonly width: number;
}
export type Line = readonly Segment[];

/** Text with `code` between back quotes, as checks write it: the code gets its own style, the quotes go. */
export const rich = (text: string, style: Style, code: Style): Paragraph =>
  text.split(/`([^`\n]+)`/).flatMap((part, index) => (part === '' ? [] : [span(part, index % 2 === 1 ? code : style)]));

export const span = (text: string, style: Style, link?: string): Span => (link === undefined ? { text, style } : { text, style, link });

/** Words that belong together without a space: they stay on one line where that is possible. */
type Word = readonly Span[];
const lineBreak: Word = [];

/** Cuts spans into words; a span that follows another one without a space goes on with its word. */
const words = (paragraph: Paragraph): readonly Word[] => {
  const all: Span[][] = [];
  let glue = false;
  for (const one of paragraph)
    for (const part of one.text.split(/( +|\n)/)) {
      if (part === '') continue;
      if (part === '\n') all.push(lineBreak as Span[]);
      else if (part.trim() !== '') {
        const last = all.at(-1);
        if (glue && last && last !== lineBreak) last.push({ ...one, text: part });
        else all.push([{ ...one, text: part }]);
      }
      glue = part.trim() !== '';
    }
  return all;
};

/** Characters after which a long name may well be cut. */
const cutAfter = /[/.,:;=_\-|&?@)\]}]/;

/** How many characters of a word that is too long go on the line: up to a good place to cut, or as many as there is room for. */
const fitting = (text: string, { face, size }: Style, room: number, faces: Faces): number => {
  const characters = Array.from(text);
  let used = 0;
  let good = 0;
  for (const [index, character] of characters.entries()) {
    used += faces.width(character, face, size);
    if (used > room) {
      const taken = good > index * 0.6 ? good : index;
      return characters.slice(0, taken).join('').length;
    }
    if (cutAfter.test(character)) good = index + 1;
  }
  return text.length;
};

/** Breaks a paragraph into lines no wider than `width`. Words break only when a whole line is too short for them; nothing is ever wider than the line. */
export const wrap = (paragraph: Paragraph, width: number, faces: Faces): readonly Line[] => {
  const shown = paragraph.map((one) => ({ ...one, text: faces.visible(one.text, one.style.face) }));
  const measure = ({ text, style }: Span) => faces.width(text, style.face, style.size);
  const lines: Segment[][] = [[]];
  let x = 0;
  const newLine = () => {
    lines.push([]);
    x = 0;
  };
  const put = (one: Span, space: boolean) => {
    const line = lines.at(-1) as Segment[];
    const last = line.at(-1);
    const own = measure(one);
    const gap = space && last ? measure({ ...one, text: ' ' }) : 0;
    if (last && last.style === one.style && last.link === one.link)
      line[line.length - 1] = { ...last, text: `${last.text}${gap > 0 ? ' ' : ''}${one.text}`, width: last.width + gap + own };
    else line.push({ ...one, x: x + gap, width: own });
    x += gap + own;
  };
  const putCut = (one: Span, space: boolean) => {
    let rest = one.text;
    let first = space;
    while (rest !== '') {
      const gap = first && x > 0 ? measure({ ...one, text: ' ' }) : 0;
      const taken = fitting(rest, one.style, width - x - gap, faces);
      const head = rest.slice(0, taken);
      if (taken === 0 && x > 0) newLine();
      else {
        // a line that is too narrow for one character gets it all the same
        const piece = head === '' ? (Array.from(rest)[0] as string) : head;
        put({ ...one, text: piece }, first);
        rest = rest.slice(piece.length);
        if (rest !== '') newLine();
      }
      first = false;
    }
  };
  for (const word of words(shown)) {
    if (word === lineBreak) {
      newLine();
      continue;
    }
    const gap = x > 0 ? measure({ ...(word[0] as Span), text: ' ' }) : 0;
    const whole = word.reduce((sum, one) => sum + measure(one), 0);
    const fits = x + gap + whole <= width;
    if (!fits && (whole <= width || width - x < width * 0.25) && x > 0) newLine();
    for (const [index, one] of word.entries()) {
      if (fits || whole <= width) put(one, index === 0);
      else putCut(one, index === 0);
    }
  }
  return lines;
};

/** Height of lines: the largest type of each counts. */
export const tallest = (line: Line, fallback: number): number =>
  line.reduce((size, { style }) => Math.max(size, style.size), 0) || fallback;
