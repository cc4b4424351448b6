import type { EvaluationRecord } from '../../fleet/evaluation.ts';
import type { Trigger } from '../../fleet/scan.ts';
import type { Evaluation } from '../../gate/evaluation.ts';
import { leftFilesIn } from '../scan-run/left-files.ts';
import { type Sealable, type Sealed, sealIt } from '../scan-run/seal.ts';
import type { EvaluationRunPorts } from './ports.ts';
import { evaluationHome } from './store.ts';

const triggerOf = ({ requestedBy }: EvaluationRecord): Trigger => ({
  type: requestedBy.type === 'pipeline' ? 'pipeline' : 'person',
  actor: requestedBy,
});

const policyText = ({ name, version, sha256 }: Evaluation['policy']): string =>
  [name, version === undefined ? undefined : `version ${version}`, sha256 === '' ? undefined : `sha256:${sha256}`]
    .filter((part) => part !== undefined)
    .join(' ');

/** Seals an evaluation whose files are there: a place in the chain of the cluster, as scans have theirs. */
export const sealEvaluation = (
  ports: Pick<EvaluationRunPorts, 'version' | 'records' | 'objects' | 'signer' | 'clock'>,
  record: EvaluationRecord,
  { policy, verdict, evaluatedAt }: Pick<Evaluation, 'policy' | 'verdict' | 'evaluatedAt'>,
): Promise<Sealed> => {
  const sealable: Sealable = {
    id: record.id,
    clusterId: record.clusterId,
    home: evaluationHome(record),
    parts: async () => ({
      evaluation: {
        id: record.id,
        target: record.request.target.kubernetesVersion,
        verdict,
        requestedAt: record.requestedAt,
        evaluatedAt,
      },
      trigger: triggerOf(record),
      versions: { tool: ports.version, policy: policyText(policy) },
      artefacts: await leftFilesIn(ports, evaluationHome(record).folder),
    }),
  };
  return sealIt(ports, sealable);
};
