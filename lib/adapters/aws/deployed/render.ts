import { type Format, renderReport } from '../../../reports/renderers/renderer.ts';
import type { Report } from '../../../reports/report.ts';
import { readFonts } from '../../local/report-fonts.ts';

/** A report in one format, whole. The fonts lie beside the bundle, at the place where their packages would be. */
export const render = async (format: Format, report: Report): Promise<Uint8Array> => {
  const parts: Uint8Array[] = [];
  const fonts = format === 'pdf' ? await readFonts() : undefined;
  for await (const part of await renderReport(format, report, fonts ? { fonts } : {}))
    parts.push(typeof part === 'string' ? Buffer.from(part) : part);
  return Buffer.concat(parts);
};
