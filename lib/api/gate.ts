import { may, routesOf } from './route.ts';

const route = routesOf(() => import('./schemas/gate.ts'));
const evaluationPath = '/v1/gate/evaluations/{evaluationId}';

/** Statuses that say the verdict (`fail=http`): 409 deny, 424 error, 425 pending. */
const ofVerdicts = [409, 424, 425] as const;

/**
 * The gate. Who asks names a cluster and no project, because pipelines know clusters: the permission is asked for in the project of the cluster, by the handler, and a cluster that the caller sees nothing of is 404.
 */
export const gateRoutes = {
  'gate.evaluate': route({
    method: 'POST',
    path: '/v1/gate/evaluations',
    summary: 'Asks whether a cluster may be upgraded to a version now.',
    access: 'self',
    query: 'AnswerQuery',
    body: 'EvaluationAsk',
    answer: 'GateAnswer',
    otherStatuses: ofVerdicts,
  }),
  'gate.get': route({
    method: 'GET',
    path: evaluationPath,
    summary: 'One evaluation; with `wait`, once it is decided.',
    access: 'self',
    params: 'OfEvaluation',
    query: 'AnswerQuery',
    answer: 'GateAnswer',
    otherStatuses: ofVerdicts,
  }),
  'gate.download': route({
    method: 'GET',
    path: `${evaluationPath}/files/{file}`,
    summary: 'A link to one stored file of an evaluation: `evaluation.pdf`, `evaluation.csv`, `evaluation.json`, `manifest.json`, …',
    access: 'self',
    params: 'OfEvaluationFile',
    answer: 'DownloadLink',
  }),
  'gate.list': route({
    method: 'GET',
    path: '/v1/projects/{projectId}/clusters/{clusterId}/evaluations',
    summary: 'Evaluations of a cluster, newest first.',
    access: may('upgrade.get'),
    params: 'OfCluster',
    query: 'EvaluationsQuery',
    answer: 'EvaluationPage',
  }),
};
