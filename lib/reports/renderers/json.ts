import { Comparison } from '../comparison.ts';
import { Report } from '../report.ts';
import type { Rendered } from './renderer.ts';

async function* pretty(document: Report | Comparison): Rendered {
  yield `${JSON.stringify(document, null, 2)}\n`;
}

/**
 * The report as it is stored: two spaces, a newline at the end, keys in the order of the model whatever built the object. Throws when it is not what the model
 * promises: better no file than one that nobody can read back.
 */
export const renderJson = (report: Report): Rendered => pretty(Report.parse(report));

/** The comparison, in the same way. */
export const renderComparisonJson = (comparison: Comparison): Rendered => pretty(Comparison.parse(comparison));
