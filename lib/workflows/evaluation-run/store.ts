import { succeed } from '../../core/failure.ts';
import type { EvaluationRecord } from '../../fleet/evaluation.ts';
import { Evaluation } from '../../gate/evaluation.ts';
import type { EvaluationRun } from '../../ports/scan-starter.ts';
import { RetryThis } from '../scan-run/ports.ts';
import { type EvidenceHome, readFile } from '../scan-run/store.ts';
import type { EvaluationRunPorts } from './ports.ts';

/** Names of the files of an evaluation: the answer, and what was judged (facts, scans, waivers, overrides), by which it can be made again. */
export const evaluationFile = 'evaluation.json';
export const judgedFile = 'judged.json.gz';

/** Folder of an evaluation in the evidence store. */
export const evaluationHome = ({ projectId, clusterId, id, requestedAt }: EvaluationRecord): EvidenceHome => ({
  projectId,
  folder: `projects/${projectId}/clusters/${clusterId}/evaluations/${id}`,
  since: requestedAt,
});

export const readEvaluationRecord = async (
  { records }: Pick<EvaluationRunPorts, 'records'>,
  { clusterId, evaluationId }: EvaluationRun,
): Promise<EvaluationRecord | undefined> => (await records.evaluations.get({ clusterId, name: evaluationId }))?.value;

/** Changes a record; one that is gone is nobody's question any more. */
export const changeEvaluation = async (
  { records }: Pick<EvaluationRunPorts, 'records'>,
  { clusterId, evaluationId }: EvaluationRun,
  change: (record: EvaluationRecord) => EvaluationRecord,
): Promise<EvaluationRecord | undefined> => {
  const changed = await records.evaluations.update({ clusterId, name: evaluationId }, (record) => succeed(change(record)));
  if (changed.ok) return changed.value.value;
  if (changed.failure.code === 'not-found') return undefined;
  throw new RetryThis(changed.failure.say);
};

/** The decided answer of an evaluation, proven to be the one that was stored. */
export const readStoredEvaluation = async (
  ports: Pick<EvaluationRunPorts, 'objects'>,
  { artefacts }: Pick<EvaluationRecord, 'artefacts'>,
): Promise<Evaluation | undefined> => {
  const file = artefacts.find(({ name }) => name === evaluationFile);
  return file && Evaluation.parse(JSON.parse(Buffer.from(await readFile(ports, file)).toString('utf8')));
};
