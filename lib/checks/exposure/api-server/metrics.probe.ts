import type { HttpAnswer } from '../../../core/probing/index.ts';
import { defineProbe, once } from '../probe.ts';
import { apiDoors, askApi, judgePages, requestsFor, type ShownPage } from './kubernetes.ts';

const areMetrics = ({ status, body }: HttpAnswer): boolean => status === 200 && /^# (HELP|TYPE) [a-zA-Z_:]/m.test(body);

const pages: readonly ShownPage[] = [
  { path: '/metrics', what: 'its metrics', severity: 'medium', mostBytes: 16_384, proves: areMetrics },
  { path: '/metrics/slis', what: 'the metrics of its checks', severity: 'medium', mostBytes: 16_384, proves: areMetrics },
];

export const metrics = defineProbe({
  id: 'exposure/api-server/metrics',
  covers: ['API-05'],
  title: 'The API server shows its metrics to nobody without a login',
  severity: 'medium',
  why: 'Metrics name resources, webhooks, storage and versions, and show to the second what an attack causes.',
  repair: 'Remove what lets `system:anonymous` or `system:unauthenticated` read `/metrics`; let Prometheus log in with a service account.',
  techniques: ['T1613'],
  references: ['https://kubernetes.io/docs/concepts/cluster-administration/system-metrics/'],
  intrusiveness: 'reading',
  leaves: 'Two lines in the audit log of the API server.',
  doors: apiDoors,
  send: once((door) => askApi(door, requestsFor(pages))),
  judge: (_, asked) =>
    judgePages(asked, pages, {
      open: 'Anybody who can reach the API server reads',
      closed: 'The API server shows its metrics to nobody without a login.',
    }),
});
