import { failed, type Result, succeed } from '../../core/failure.ts';
import type { Cluster } from '../../fleet/cluster.ts';
import type { EvaluationRecord } from '../../fleet/evaluation.ts';
import type { Artefact } from '../../fleet/scan.ts';
import { dataAsOf } from '../../gate/data/as-of.ts';
import { couldNotEvaluate } from '../../gate/decide/evaluate.ts';
import type { PastEvaluation } from '../../gate/decide/policy-test.ts';
import type { Evaluation } from '../../gate/evaluation.ts';
import { evaluateUpgrade } from '../evaluate-upgrade.ts';
import { withCluster } from '../scan-run/reach.ts';
import { keepFileIn, pack, readFile, unpack } from '../scan-run/store.ts';
import type { EvaluationRunPorts } from './ports.ts';
import { questionOf } from './question.ts';
import { evaluationHome, judgedFile } from './store.ts';

/** An evaluation must end before Lambda ends it: 5,000 nodes take a minute. */
const longestSeconds = 600;

/** What is kept of an evaluation: the answer, and what was judged where something was. */
export type Judged = { readonly evaluation: Evaluation } & Partial<PastEvaluation>;

/** The answer that nothing could be judged, and why. */
export const notEvaluated = (
  ports: Pick<EvaluationRunPorts, 'clock' | 'version'>,
  record: EvaluationRecord,
  cluster: Cluster | undefined,
  say: string,
): Judged => ({
  evaluation: couldNotEvaluate(
    {
      id: record.id,
      current: cluster?.health.kubernetesVersion ?? 'unknown',
      target: record.request.target.kubernetesVersion,
      requestedBy: record.requestedBy.name,
      tool: { name: 'gatehouse', version: ports.version, dataAsOf },
      now: ports.clock.now(),
      cluster: { id: cluster?.uid ?? record.clusterId, name: record.clusterName },
      policy: { name: record.request.policy ?? 'default', sha256: '' },
    },
    { say },
  ),
});

const lookAndJudge = async (ports: EvaluationRunPorts, record: EvaluationRecord, cluster: Cluster): Promise<Result<Judged>> => {
  const signal = AbortSignal.timeout(1000 * longestSeconds);
  return withCluster(ports, record.clusterId, signal, ({ access, kubelets, tls, probing }) =>
    evaluateUpgrade(
      record.request.target.kubernetesVersion,
      cluster.name,
      questionOf(ports, record, cluster),
      {
        access,
        kubelets,
        tls,
        probing,
        cleaner: undefined,
        signal,
        now: () => ports.clock.now(),
        sleep: (ms, until) => ports.sleep(ms, until),
        warn: () => undefined,
        progress: () => undefined,
      },
      ports.rules,
    ),
  );
};

/** Evaluates once. What keeps it from being made is an answer too: `error`, never allowed. */
export const judgeOnce = async (ports: EvaluationRunPorts, record: EvaluationRecord): Promise<Judged> => {
  const { projectId, clusterId } = record;
  const cluster = (await ports.records.clusters.get({ projectId, clusterId }))?.value;
  const judged: Result<Judged> =
    cluster?.state === 'active' ? await lookAndJudge(ports, record, cluster) : failed('not-found', 'The cluster was removed.');
  return judged.ok ? judged.value : notEvaluated(ports, record, cluster, judged.failure.say);
};

/** Keeps what was judged, in one file, so that a try that died leaves all of it or nothing; of two tries the first one counts. */
export const keepJudged = async (
  ports: EvaluationRunPorts,
  record: EvaluationRecord,
  judged: Judged,
): Promise<{ readonly file: Artefact; readonly judged: Judged }> => {
  const file = await keepFileIn(ports, evaluationHome(record), judgedFile, 'application/gzip', pack(judged));
  const kept = unpack<Judged>(await readFile(ports, file));
  return { file, judged: kept };
};

/** What an earlier try kept, if one did. */
export const keptJudged = async (
  ports: EvaluationRunPorts,
  record: EvaluationRecord,
): Promise<Result<{ readonly file: Artefact; readonly judged: Judged }>> => {
  const there = await ports.objects.get(`${evaluationHome(record).folder}/${judgedFile}`);
  if (!there.ok) return there;
  return succeed({ file: { name: judgedFile, ...there.value.object }, judged: unpack<Judged>(there.value.body) });
};
