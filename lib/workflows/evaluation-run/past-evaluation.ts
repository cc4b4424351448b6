import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { failed, type Result, succeed } from '../../core/failure.ts';
import type { EvaluationRecord } from '../../fleet/evaluation.ts';
import { type PastEvaluation, policyTest, type TriedEvaluation } from '../../gate/decide/policy-test.ts';
import { Evaluation } from '../../gate/evaluation.ts';
import type { CompiledPolicy } from '../../gate/policy/compile.ts';
import type { RuleRunner } from '../../gate/policy/run-rules.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import { evaluationFile, judgedFile } from './store.ts';

/** What was judged, unpacked: facts of 5,000 nodes and their pods stay well below. */
const mostBytes = 512 * 1024 * 1024;

// Facts are taken as they are: whoever wrote the file made them, and its hash was proven where it was read from a store. Only its outline is looked at.
const Judged = z.looseObject({
  facts: z.looseObject({ cluster: z.looseObject({ id: z.string(), name: z.string() }), nodes: z.looseObject({ read: z.boolean() }) }),
  scans: z.array(z.looseObject({ kind: z.string() })),
  waivers: z.array(z.looseObject({ id: z.string() })),
  overrides: z.array(z.looseObject({ id: z.string() })),
  tags: z.record(z.string(), z.string()),
});

const parsed = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
};
const unpacked = (bytes: Uint8Array): unknown => {
  try {
    return parsed(gunzipSync(bytes, { maxOutputLength: mostBytes }));
  } catch {
    return undefined;
  }
};

/** An evaluation of the past from its two files; fails for one at which nothing was judged, and for one of another version of Gatehouse. */
export const pastEvaluationOf = (answer: Uint8Array, judged: Uint8Array): Result<PastEvaluation> => {
  const evaluation = Evaluation.safeParse(parsed(answer));
  if (!evaluation.success)
    return failed('answer-invalid', `${evaluationFile} is no evaluation of this version of Gatehouse; ask the gate again.`);
  const { id } = evaluation.data;
  const read = Judged.safeParse(unpacked(judged));
  if (!read.success)
    return failed('answer-invalid', `${judgedFile} of the evaluation ${id} does not say what was judged; ask the gate again.`);
  const { facts, scans, waivers, overrides, tags } = read.data as unknown as Omit<PastEvaluation, 'evaluation'>;
  if (facts.cluster.id !== evaluation.data.cluster.id)
    return failed('answer-invalid', `${judgedFile} is about another cluster than the evaluation ${id}; the files do not belong together.`);
  return succeed({ evaluation: evaluation.data, facts, scans, waivers, overrides, tags });
};

/** Whether there are files of an evaluation by which it can be made again. */
export const wasJudged = ({ state, verdict, artefacts }: EvaluationRecord): boolean =>
  state === 'decided' && verdict !== 'error' && artefacts.some(({ name }) => name === judgedFile);

/** A decided evaluation with what it judged, from the evidence store; both files are proven to be those that were stored. */
export const readPastEvaluation = async (
  objects: Pick<ObjectStore, 'get'>,
  { id, artefacts }: Pick<EvaluationRecord, 'id' | 'artefacts'>,
): Promise<Result<PastEvaluation>> => {
  const bytesOf = async (wanted: string): Promise<Result<Uint8Array>> => {
    const file = artefacts.find(({ name }) => name === wanted);
    if (!file) return failed('not-found', `The evaluation ${id} has no file ${wanted}.`);
    const { key, versionId, sha256 } = file;
    const read = await objects.get(key, { versionId, sha256 });
    return read.ok ? succeed(read.value.body) : read;
  };
  const answer = await bytesOf(evaluationFile);
  if (!answer.ok) return answer;
  const judged = await bytesOf(judgedFile);
  return judged.ok ? pastEvaluationOf(answer.value, judged.value) : judged;
};

/** What a policy would have said of one evaluation; fails where facts of another version are too different to be judged again. */
export const tryAgain = async (policy: CompiledPolicy, past: PastEvaluation, rules: RuleRunner): Promise<Result<TriedEvaluation>> => {
  try {
    const [tried] = await policyTest(policy, [past], rules);
    if (tried) return succeed(tried);
  } catch {
    // said below
  }
  return failed('answer-invalid', `What the evaluation ${past.evaluation.id} judged was written by another version of Gatehouse.`);
};
