import { type EvaluationFormat, renderEvaluation } from '../../../evaluations/render.ts';
import type { Evaluation } from '../../../gate/evaluation.ts';
import { type Format, type Rendered, renderReport } from '../../../reports/renderers/renderer.ts';
import type { Report } from '../../../reports/report.ts';
import { readFonts } from '../../local/report-fonts.ts';

const whole = async (rendered: Rendered): Promise<Uint8Array> => {
  const parts: Uint8Array[] = [];
  for await (const part of rendered) parts.push(typeof part === 'string' ? Buffer.from(part) : part);
  return Buffer.concat(parts);
};
/** The fonts lie beside the bundle, at the place where their packages would be. */
const fontsFor = async (format: string) => (format === 'pdf' ? { fonts: await readFonts() } : {});

/** A report in one format, whole. */
export const render = async (format: Format, report: Report): Promise<Uint8Array> =>
  whole(await renderReport(format, report, await fontsFor(format)));

/** An evaluation in one format, whole. */
export const renderOfGate = async (format: EvaluationFormat, evaluation: Evaluation): Promise<Uint8Array> =>
  whole(await renderEvaluation(format, evaluation, await fontsFor(format)));
