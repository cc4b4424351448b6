import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { PdfFonts } from '../../reports/renderers/renderer.ts';
import { unpackWoff } from './woff.ts';

const folderOf = (name: string): string => dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));

/**
 * The fonts of the PDF, from the packages that bring them: DejaVu for Latin, Greek, Cyrillic, Armenian, Georgian, Hebrew and Arabic letters; UnifontEX, which is coarse but knows
 * nearly all others, from Chinese to Thai. That one is large and read only when a report needs it.
 */
export const readFonts = async (): Promise<PdfFonts> => {
  const read = (name: string) => readFile(join(folderOf('dejavu-fonts-ttf'), 'ttf', `${name}.ttf`));
  const [regular, bold, mono] = await Promise.all([read('DejaVuSansCondensed'), read('DejaVuSansCondensed-Bold'), read('DejaVuSansMono')]);
  const others = () => unpackWoff(readFileSync(join(folderOf('@fontsource/unifontex'), 'files', 'unifontex-latin-400-normal.woff')));
  return { regular, bold, mono, more: [others] };
};
