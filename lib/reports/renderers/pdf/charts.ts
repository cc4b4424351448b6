import { outcomeWords, thousands } from '../words.ts';
import type { Flow } from './flow.ts';
import { colours, outcomeColours, type Style, styles, waivedColour } from './theme.ts';
import type { Share } from './view.ts';

const colourOf = ({ outcome }: Share): string => (outcome === 'waived' ? waivedColour : outcomeColours[outcome]);
export const shareWords = ({ outcome }: Share): string => (outcome === 'waived' ? 'Failed, waived' : outcomeWords[outcome]);

/** One bar of all parts, as wide as told; a part that is not empty is never too thin to be seen. */
export const stackedBar = (
  flow: Flow,
  parts: readonly Share[],
  { x, y, width, height }: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): void => {
  const shown = parts.filter(({ number }) => number > 0);
  const total = shown.reduce((sum, { number }) => sum + number, 0);
  flow.box(x, y, width, height, colours.panel);
  const thinnest = 2.5;
  const share = ({ number }: Share) => Math.max(thinnest, (width * number) / total);
  const scale = width / shown.reduce((sum, part) => sum + share(part), 0);
  let at = x;
  for (const part of shown) {
    const own = share(part) * scale;
    flow.box(at, y, own - (at + own < x + width - 0.1 ? 0.8 : 0), height, colourOf(part));
    at += own;
  }
};

/** The words to a bar, in rows of as many as fit. Answers nothing; moves the flow below. */
export const legend = (flow: Flow, parts: readonly Share[], x: number, width: number): void => {
  const style: Style = styles.cell;
  let at = x;
  let base = flow.y() + 9;
  flow.begin('P');
  for (const part of parts.filter(({ number }) => number > 0)) {
    const text = `${shareWords(part)} ${thousands(part.number)}`;
    const own = 12 + flow.faces.width(text, style.face, style.size) + 14;
    if (at + own > x + width + 14 && at > x) {
      at = x;
      base += 13;
    }
    flow.box(at, base - 6.4, 7, 7, colourOf(part));
    flow.label(text, style, at + 11, base);
    at += own;
  }
  flow.moveTo(base + 6);
};

/** Horizontal bars with a word before and a number behind each. */
export const bars = (
  flow: Flow,
  rows: readonly { readonly word: string; readonly number: number; readonly colour: string }[],
  { x, y, width }: { readonly x: number; readonly y: number; readonly width: number },
): number => {
  const step = 14.5;
  const words = 84;
  const most = Math.max(1, ...rows.map(({ number }) => number));
  for (const [index, { word, number, colour }] of rows.entries()) {
    const base = y + index * step + 9;
    const room = width - words - 34;
    flow.begin('P');
    flow.label(word, styles.cell, x, base);
    const own = number === 0 ? 0 : Math.max(2, (room * number) / most);
    flow.box(x + words, base - 7, room, 8.5, colours.panel);
    if (own > 0) flow.box(x + words, base - 7, own, 8.5, colour);
    flow.label(thousands(number), styles.cellBold, x + width, base, true);
  }
  return y + rows.length * step;
};
