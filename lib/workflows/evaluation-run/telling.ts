import type { EvaluationRecord } from '../../fleet/evaluation.ts';
import type { GatehouseEvent } from '../../ports/events.ts';

/** What the world is told of a decided evaluation. The id follows from the evaluation, so a repeat tells the same. */
export const decidedEvent = (record: EvaluationRecord): GatehouseEvent => {
  const { id, projectId, clusterId, clusterName, request, verdict, allowed, summary, evaluatedAt, requestedAt } = record;
  return {
    id: `${id}-decided`,
    type: 'evaluation.decided',
    subject: `projects/${projectId}/clusters/${clusterId}`,
    time: evaluatedAt ?? requestedAt,
    data: {
      projectId,
      clusterId,
      evaluationId: id,
      cluster: clusterName,
      target: request.target.kubernetesVersion,
      verdict,
      allowed,
      summary,
      ...(request.callback === undefined ? {} : { callback: true }),
    },
  };
};
