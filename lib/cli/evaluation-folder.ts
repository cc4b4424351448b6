import { join } from 'node:path';
import { writeTogether } from '../adapters/local/files.ts';
import { readFonts } from '../adapters/local/report-fonts.ts';
import { type Result, succeed } from '../core/failure.ts';
import { type EvaluationFormat, evaluationFileNames, renderEvaluation } from '../evaluations/render.ts';
import type { Evaluation } from '../gate/evaluation.ts';

/** Writes an evaluation into a folder of its own below `out`, named after its id: an answer of the gate is never overwritten. Answers the paths. */
export const saveEvaluation = async (
  out: string,
  evaluation: Evaluation,
  formats: readonly EvaluationFormat[],
): Promise<Result<readonly string[]>> => {
  const folder = join(out, evaluation.id);
  const options = formats.includes('pdf') ? { fonts: await readFonts() } : {};
  const files = await Promise.all(
    formats.map(async (format) => ({
      name: evaluationFileNames[format],
      content: await renderEvaluation(format, evaluation, options),
    })),
  );
  const written = await writeTogether(folder, files);
  return written.ok ? succeed(files.map(({ name }) => join(folder, name))) : written;
};
