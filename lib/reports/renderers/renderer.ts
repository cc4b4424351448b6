import type { Report } from '../report.ts';

export const formats = ['pdf', 'csv', 'json', 'sarif', 'junit', 'oscal'] as const;
/** Format of a rendered report. */
export type Format = (typeof formats)[number];

/** Name of the file of each format. */
export const fileNames: Record<Format, string> = {
  pdf: 'report.pdf',
  csv: 'report.csv',
  json: 'report.json',
  sarif: 'report.sarif',
  junit: 'report.junit.xml',
  oscal: 'report.oscal.json',
};

/** Media type of each format. */
export const mediaTypes: Record<Format, string> = {
  pdf: 'application/pdf',
  csv: 'text/csv; charset=utf-8',
  json: 'application/json',
  sarif: 'application/sarif+json',
  junit: 'application/xml',
  oscal: 'application/json',
};

/** A rendered document, in pieces that can go straight to a file. Text is UTF-8. */
export type Rendered = AsyncIterable<Uint8Array | string>;

/** Bytes of TrueType or OpenType fonts. The caller reads them: a renderer does no I/O. */
export interface PdfFonts {
  readonly regular: Uint8Array;
  readonly bold: Uint8Array;
  /** For flags, paths and values; the regular one, when left out. */
  readonly mono?: Uint8Array;
  /** Opened in turn when a character is in none of the others, e.g. a font of Chinese characters. */
  readonly more?: readonly (() => Uint8Array)[];
}

/**
 * Which findings SARIF carries. `all` is the whole report, with `kind` and `suppressions`. GitHub code scanning reads neither, and would open an alert for every
 * pass: `failures` has the failures that are not waived and nothing else, for uploading there.
 */
export type SarifScope = 'all' | 'failures';

export interface RenderOptions {
  /** Needed by the PDF. */
  readonly fonts?: PdfFonts;
  /** `all`, when left out. */
  readonly sarif?: SarifScope;
}

/** Turns a report into one format. Sees the report alone; gives the same bytes for the same report. */
export type RenderReport = (report: Report, options: RenderOptions) => Rendered;

/** Loaded when asked for: the PDF library alone takes longer to load than a small report to render. */
const load: Record<Format, () => Promise<RenderReport>> = {
  pdf: async () => (await import('./pdf/report.ts')).renderPdf,
  csv: async () => (await import('./csv/report.ts')).renderCsv,
  json: async () => (await import('./json.ts')).renderJson,
  sarif: async () => (await import('./sarif/sarif.ts')).renderSarif,
  junit: async () => (await import('./junit.ts')).renderJunit,
  oscal: async () => (await import('./oscal/oscal.ts')).renderOscal,
};

/** Renders a report. Throws on a format that does not exist, and on a PDF without fonts: both are mistakes of the caller. */
export const renderReport = async (format: Format, report: Report, options: RenderOptions = {}): Promise<Rendered> => {
  if (!Object.hasOwn(load, format)) throw new Error(`no such format: ${format}; there are ${formats.join(', ')}`);
  return (await load[format]())(report, options);
};
