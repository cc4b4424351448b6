import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** A PDF as a reader sees it. */
export interface ReadPdf {
  /** Text of each page, lines joined by blanks. */
  readonly pages: readonly string[];
  /** Titles of the bookmarks, those below another one indented. */
  readonly bookmarks: readonly string[];
  readonly info: Readonly<Record<string, unknown>>;
  readonly language: string | null;
  /** Roles of the blocks on each page, as a screen reader meets them. */
  readonly roles: readonly (readonly string[])[];
  /** Every text with the rectangle it takes, per page, in points from the lower left. */
  readonly boxes: readonly (readonly Box[])[];
}

export interface Box {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Bookmark {
  readonly title: string;
  readonly items: readonly Bookmark[];
}

const titles = (bookmarks: readonly Bookmark[], indent = ''): readonly string[] =>
  bookmarks.flatMap(({ title, items }) => [`${indent}${title}`, ...titles(items, `${indent}  `)]);

/** Reads a PDF back with another program than the one that wrote it. */
export const readPdf = async (bytes: Uint8Array): Promise<ReadPdf> => {
  const task = getDocument({ data: new Uint8Array(bytes), verbosity: VerbosityLevel.ERRORS, useSystemFonts: false });
  const document = await task.promise;
  const boxes: Box[][] = [];
  const roles: string[][] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent();
    roles.push(((await page.getStructTree())?.children ?? []).flatMap((node) => ('role' in node ? [node.role] : [])));
    boxes.push(
      items.flatMap((item) => {
        if (!('str' in item) || item.str.trim() === '') return [];
        const [height = 0, x = 0, y = 0] = (item.transform as readonly number[]).slice(3);
        return [{ text: item.str, x, y, width: item.width, height }];
      }),
    );
  }
  const { info } = await document.getMetadata();
  const read: ReadPdf = {
    pages: boxes.map((own) => own.map(({ text }) => text).join(' ')),
    bookmarks: titles((await document.getOutline()) ?? []),
    info: info as Readonly<Record<string, unknown>>,
    language: (info as { readonly Language?: string | null }).Language ?? null,
    roles,
    boxes,
  };
  await task.destroy();
  return read;
};

/** Texts that lie on each other, or outside the page. */
export const clashes = (boxes: readonly Box[]): readonly string[] => {
  const outside = boxes.filter(({ x, y, width }) => x < 40 || x + width > 556 || y < 20 || y > 830).map(({ text }) => `outside: ${text}`);
  const rows = boxes.toSorted((a, b) => a.y - b.y);
  const overlaps = rows.flatMap((a, index) =>
    rows.slice(index + 1, index + 40).flatMap((b) => {
      const apartInHeight = b.y - a.y >= Math.min(a.height, b.height) * 0.7;
      const apartInWidth = a.x + a.width <= b.x + 0.5 || b.x + b.width <= a.x + 0.5;
      return apartInHeight || apartInWidth ? [] : [`${a.text} | ${b.text}`];
    }),
  );
  return [...outside, ...overlaps];
};
