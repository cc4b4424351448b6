import type { Comparison } from '../comparison.ts';
import type { Rendered, RenderOptions } from './renderer.ts';

export { type ComparisonRow, comparisonRows } from './comparison-rows.ts';

export const comparisonFormats = ['pdf', 'csv', 'json'] as const;
/** Format of a rendered comparison. */
export type ComparisonFormat = (typeof comparisonFormats)[number];

/** Name of the file of each format. */
export const comparisonFileNames: Record<ComparisonFormat, string> = {
  pdf: 'comparison.pdf',
  csv: 'comparison.csv',
  json: 'comparison.json',
};

type Render = (comparison: Comparison, options: RenderOptions) => Rendered;

const load: Record<ComparisonFormat, () => Promise<Render>> = {
  pdf: async () => (await import('./pdf/comparison.ts')).renderComparisonPdf,
  csv: async () => (await import('./csv/comparison.ts')).renderComparisonCsv,
  json: async () => (await import('./json.ts')).renderComparisonJson,
};

/** Renders a comparison. Throws on a format that does not exist, and on a PDF without fonts: both are mistakes of the caller. */
export const renderComparison = async (
  format: ComparisonFormat,
  comparison: Comparison,
  options: RenderOptions = {},
): Promise<Rendered> => {
  if (!Object.hasOwn(load, format)) throw new Error(`no such format: ${format}; there are ${comparisonFormats.join(', ')}`);
  return (await load[format]())(comparison, options);
};
