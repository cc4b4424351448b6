import type { PdfFonts } from '../renderer.ts';
import type { FaceName } from './theme.ts';

interface Position {
  readonly xAdvance: number;
}
interface LaidOut {
  readonly glyphs: readonly unknown[];
  readonly positions: readonly Position[];
  readonly advanceWidth: number;
}
/** What we use of the font object inside pdfkit; the tests render with it, so a pdfkit that lacks it is noticed. */
interface EmbeddedFont {
  readonly id: string;
  /** From units of the font to thousandths of the size. */
  readonly scale: number;
  readonly font: { hasGlyphForCodePoint(code: number): boolean; glyphForCodePoint(code: number): { readonly advanceWidth: number } };
  /** The font as an object of the file. */
  ref(): unknown;
  /** Hexadecimal numbers of the glyphs, in the part of the font that goes into the file. */
  encode(text: string): readonly [readonly string[], readonly Position[]];
  layoutRun(text: string): Omit<LaidOut, 'advanceWidth'>;
  layout(text: string): LaidOut;
}

/** One font of the document. */
export interface Face {
  /** Name under which pdfkit knows it. */
  readonly name: string;
  has(code: number): boolean;
  /** Width of a text in thousandths of the size. */
  width(text: string): number;
  /** The text as an operand for a content stream, or `undefined` when its letters must be shaped together. */
  encoded(text: string): string | undefined;
  /** The font's name in content streams; puts it among the fonts of the page. */
  use(page: PDFKit.PDFPage): string;
}

/** A stretch of text that one font can show. */
export interface Piece {
  readonly face: Face;
  readonly text: string;
}

export interface Faces {
  /** Width in points, whatever fonts it takes. */
  width(text: string, name: FaceName, size: number): number;
  /** The text cut where the font changes. */
  pieces(text: string, name: FaceName): readonly Piece[];
  /** The text as it can be shown: what is invisible, misleading or in no font becomes `<U+202E>`. */
  visible(text: string, name: FaceName): string;
}

const plainAscii = /^[\x20-\x7e]*$/;
/** Scripts in which a letter looks the same wherever it stands; those of all others are shaped together by the font library. */
const needsShaping =
  /[^\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Armenian}\p{Script=Georgian}\p{Script=Common}]/u;
/** Controls, direction marks and other characters that cannot be seen. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/u;

/**
 * Letters are measured and encoded one by one where that is right. pdfkit asks its font library word by word and keeps every word for ever: for ten thousand findings
 * that takes six times as long and hundreds of megabytes.
 */
const open = (document: PDFKit.PDFDocument, name: string, bytes: Uint8Array): Face => {
  document.registerFont(name, bytes as PDFKit.Mixins.PDFFontSource);
  document.font(name);
  const embedded = (document as unknown as { readonly _font: EmbeddedFont })._font;
  // word by word, a text from right to left would come out with its words in the wrong order
  embedded.layout = (text) => {
    const { glyphs, positions } = embedded.layoutRun(text);
    return { glyphs, positions, advanceWidth: positions.reduce((sum, { xAdvance }) => sum + xAdvance, 0) };
  };
  const widths = new Map<number, number>();
  const letterWidth = (code: number): number => {
    const known = widths.get(code);
    if (known !== undefined) return known;
    const width = embedded.font.glyphForCodePoint(code).advanceWidth * embedded.scale;
    widths.set(code, width);
    return width;
  };
  const glyphs = new Map<string, string>();
  const glyph = (character: string): string => {
    const known = glyphs.get(character);
    if (known !== undefined) return known;
    const own = embedded.encode(character)[0].join('');
    glyphs.set(character, own);
    return own;
  };
  return {
    name,
    has: (code) => embedded.font.hasGlyphForCodePoint(code),
    width: (text) => {
      if (!plainAscii.test(text) && needsShaping.test(text)) return embedded.layout(text).advanceWidth;
      let sum = 0;
      for (const character of text) sum += letterWidth(character.codePointAt(0) as number);
      return sum;
    },
    encoded: (text) => {
      if (!plainAscii.test(text) && needsShaping.test(text)) return undefined;
      let all = '';
      for (const character of text) all += glyph(character);
      return `<${all}>`;
    },
    use: (page) => {
      page.fonts[embedded.id] ??= embedded.ref();
      return embedded.id;
    },
  };
};

const code = (character: string): string => `<U+${(character.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}>`;

/** Registers the fonts with the document and answers how wide texts are in them. */
export const openFaces = (document: PDFKit.PDFDocument, { regular, bold, mono, more = [] }: PdfFonts): Faces => {
  const first = open(document, 'regular', regular);
  const own: Record<FaceName, Face> = {
    regular: first,
    bold: open(document, 'bold', bold),
    mono: mono ? open(document, 'mono', mono) : first,
  };
  const others: Face[] = [];
  const faceFor = (character: string, name: FaceName): Face | undefined => {
    const has = (face: Face) => face.has(character.codePointAt(0) as number);
    const known = [own[name], first, ...others].find(has);
    if (known) return known;
    for (const read of more.slice(others.length)) {
      const next = open(document, `more-${others.length}`, read());
      others.push(next);
      if (has(next)) return next;
    }
    return undefined;
  };
  const pieces = (text: string, name: FaceName): readonly Piece[] => {
    if (plainAscii.test(text)) return [{ face: own[name], text }];
    const cut: { face: Face; shaped: boolean; text: string }[] = [];
    for (const character of text) {
      const face = faceFor(character, name) ?? own[name];
      const shaped = needsShaping.test(character);
      const last = cut.at(-1);
      if (last && (character === ' ' || /\p{M}/u.test(character) || (last.face === face && last.shaped === shaped))) last.text += character;
      else cut.push({ face, shaped, text: character });
    }
    // the space behind a text from right to left belongs to what follows
    return cut.flatMap(({ face, shaped, text: own }) => {
      const bare = own.trimEnd();
      return shaped && bare !== own
        ? [
            { face, text: bare },
            { face, text: own.slice(bare.length) },
          ]
        : [{ face, text: own }];
    });
  };
  return {
    pieces,
    width: (text, name, size) => pieces(text, name).reduce((sum, piece) => sum + piece.face.width(piece.text), 0) * (size / 1000),
    visible: (text, name) => {
      if (plainAscii.test(text)) return text;
      return Array.from(text.normalize('NFC'), (character) => {
        if (character === '\n') return character;
        if (/[\t\r\p{Zs}]/u.test(character)) return ' ';
        return unseen.test(character) || !faceFor(character, name) ? code(character) : character;
      }).join('');
    },
  };
};
