import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { PdfFonts } from '../../reports/renderers/renderer.ts';

/** The fonts of the PDF, from the package that brings them: Latin, Greek, Cyrillic, Armenian, Georgian, Hebrew and Arabic letters. */
export const readFonts = async (): Promise<PdfFonts> => {
  const folder = join(dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json')), 'ttf');
  const read = (name: string) => readFile(join(folder, `${name}.ttf`));
  const [regular, bold, mono] = await Promise.all([read('DejaVuSansCondensed'), read('DejaVuSansCondensed-Bold'), read('DejaVuSansMono')]);
  return { regular, bold, mono };
};
