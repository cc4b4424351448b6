import { Evaluation } from '../gate/evaluation.ts';
import type { Rendered, RenderOptions } from '../reports/renderers/renderer.ts';

export const evaluationFormats = ['pdf', 'csv', 'json'] as const;
export type EvaluationFormat = (typeof evaluationFormats)[number];

/** Name of the file of each format. */
export const evaluationFileNames: Record<EvaluationFormat, string> = {
  pdf: 'evaluation.pdf',
  csv: 'evaluation.csv',
  json: 'evaluation.json',
};

type Render = (evaluation: Evaluation, options: RenderOptions) => Rendered;

/** Keys in the order of the model, a newline at the end. */
async function* renderJson(evaluation: Evaluation): Rendered {
  yield `${JSON.stringify(Evaluation.parse(evaluation), null, 2)}\n`;
}

const load: Record<EvaluationFormat, () => Promise<Render>> = {
  pdf: async () => (await import('./pdf.ts')).renderEvaluationPdf,
  csv: async () => (await import('./csv.ts')).renderEvaluationCsv,
  json: async () => renderJson,
};

/** Renders an evaluation; the same one gives the same bytes. Throws on a PDF without fonts: a mistake of the caller. */
export const renderEvaluation = async (format: EvaluationFormat, evaluation: Evaluation, options: RenderOptions = {}): Promise<Rendered> =>
  (await load[format]())(evaluation, options);
