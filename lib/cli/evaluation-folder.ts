import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { fileTrouble, writeTogether } from '../adapters/local/files.ts';
import { readFonts } from '../adapters/local/report-fonts.ts';
import { failed, type Result, succeed } from '../core/failure.ts';
import { type EvaluationFormat, evaluationFileNames, renderEvaluation } from '../evaluations/render.ts';
import type { PastEvaluation } from '../gate/decide/policy-test.ts';
import { pastEvaluationOf } from '../workflows/evaluation-run/past-evaluation.ts';
import { judgedFile } from '../workflows/evaluation-run/store.ts';

/** What was judged, by which the evaluation can be made again (`gatehouse policy test`). */
const judgedContent = ({ evaluation: _, ...judged }: PastEvaluation): readonly Uint8Array[] => [gzipSync(JSON.stringify(judged))];

/** Writes an evaluation into a folder of its own below `out`, named after its id: an answer of the gate is never overwritten. Beside the JSON stands what was judged. Answers the paths. */
export const saveEvaluation = async (
  out: string,
  past: PastEvaluation,
  formats: readonly EvaluationFormat[],
): Promise<Result<readonly string[]>> => {
  const { evaluation } = past;
  const folder = join(out, evaluation.id);
  const options = formats.includes('pdf') ? { fonts: await readFonts() } : {};
  const rendered = await Promise.all(
    formats.map(async (format) => ({
      name: evaluationFileNames[format],
      content: await renderEvaluation(format, evaluation, options),
    })),
  );
  const files = [...rendered, ...(formats.includes('json') ? [{ name: judgedFile, content: judgedContent(past) }] : [])];
  const written = await writeTogether(folder, files);
  return written.ok ? succeed(files.map(({ name }) => join(folder, name))) : written;
};

/** Evaluations that are read at most: a folder of years must not take hours. */
const mostEvaluations = 500;

/** Folders with an evaluation in them, up to three levels deep. */
const foldersIn = async (folder: string): Promise<Result<readonly string[]>> => {
  try {
    const entries = await readdir(folder, { withFileTypes: true, recursive: true });
    const found = entries
      .filter((entry) => entry.isFile() && entry.name === evaluationFileNames.json)
      .map(({ parentPath }) => parentPath)
      .filter((path) => path.slice(folder.length).split('/').length <= 4);
    if (found.length > mostEvaluations)
      return failed(
        'input-invalid',
        `The folder ${folder} holds ${found.length} evaluations, more than ${mostEvaluations}; name one with fewer.`,
      );
    return succeed(found.toSorted());
  } catch (error) {
    return failed('input-invalid', `Cannot read the folder of evaluations ${folder}: ${fileTrouble(error)}.`);
  }
};

/** The evaluation in a folder; of one without what it judged it is said why it cannot be made again. */
const evaluationIn = async (folder: string): Promise<Result<PastEvaluation>> => {
  const judged = join(folder, judgedFile);
  const isThere = await stat(judged).then(
    () => true,
    () => false,
  );
  if (!isThere)
    return failed(
      'input-invalid',
      `${folder} has no ${judgedFile}, which \`gatehouse gate --out\` writes beside evaluation.json; ask the gate again.`,
    );
  try {
    const read = pastEvaluationOf(await readFile(join(folder, evaluationFileNames.json)), await readFile(judged));
    return read.ok ? read : failed('input-invalid', `${folder}: ${read.failure.say}`);
  } catch (error) {
    return failed('input-invalid', `Cannot read ${folder}: ${fileTrouble(error)}.`);
  }
};

/** Evaluations that the gate wrote into a folder, one after the other, so that only the facts of one are in memory. */
export async function* evaluationsIn(folder: string): AsyncGenerator<Result<PastEvaluation>> {
  const folders = await foldersIn(folder);
  if (folders.ok) for (const one of folders.value) yield await evaluationIn(one);
  else yield folders;
}
