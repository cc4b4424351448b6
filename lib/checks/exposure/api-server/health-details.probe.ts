import type { HttpAnswer } from '../../../core/probing/index.ts';
import { defineProbe, once } from '../probe.ts';
import { apiDoors, askApi, judgePages, requestsFor, type ShownPage } from './kubernetes.ts';

const hasChecks = ({ body }: Pick<HttpAnswer, 'body'>): boolean => /^\[[+-]\][\w/-]+ /m.test(body);
const count = ({ body }: HttpAnswer): string => {
  const failing = body.match(/^\[-\]/gm)?.length ?? 0;
  return failing === 0 ? 'names of checks' : `names of checks, ${failing} failing`;
};

const pages: readonly ShownPage[] = [
  ...['/livez?verbose', '/readyz?verbose'].map(
    (path): ShownPage => ({ path, what: 'the names of its checks', severity: 'info', proves: hasChecks, found: count }),
  ),
  {
    path: '/healthz',
    what: 'whether it is well',
    severity: 'info',
    proves: (http) => (http.status === 200 && http.body.trim() === 'ok') || (http.status === 500 && hasChecks(http)),
    found: () => 'state of health',
  },
];

export const healthDetails = defineProbe({
  id: 'exposure/api-server/health-details',
  covers: ['API-04'],
  title: 'The API server tells its state of health to nobody without a login',
  severity: 'info',
  why: 'Kubernetes shows these pages to everybody by design, so that load balancers can ask; the names of checks tell a stranger which controllers run and when they fail.',
  repair:
    'Where load balancers ask with a login or only open a connection, confine anonymous requests by `AuthenticationConfiguration` or remove the binding of `system:public-info-viewer`.',
  techniques: ['T1046'],
  references: ['https://kubernetes.io/docs/reference/using-api/health-checks/'],
  intrusiveness: 'reading',
  leaves: 'Nothing, unless the API server audits these pages.',
  doors: apiDoors,
  send: once((door) => askApi(door, requestsFor(pages))),
  judge: (_, asked) =>
    judgePages(asked, pages, {
      open: 'As Kubernetes does by default, the API server tells everybody',
      closed: 'The API server tells its state of health to nobody without a login.',
    }),
});
