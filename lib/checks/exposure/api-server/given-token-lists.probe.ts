import type { Severity } from '../../../core/outcome.ts';
import { defineProbe, shown } from '../probe.ts';
import { listPages } from './anonymous-lists.probe.ts';
import { asGiven, isRefusedToken, notGiven, refusedToken, tokenDoors, whereGiven } from './given-token.ts';
import { askApi, judgePages, kindOf, requestsFor, type ShownPage } from './kubernetes.ts';

/** What an ordinary account may see without harm is less than what strangers may. */
const severityOf = ({ severity }: ShownPage): Severity => (severity === 'critical' ? 'critical' : 'medium');
const pages: readonly ShownPage[] = [
  // whoever is signed in may look at the API, or the roles of Kubernetes were taken away from everybody
  { path: '/api', what: 'the API', severity: 'info', proves: (http) => http.status === 200 && kindOf(http) === 'APIVersions' },
  ...listPages.map((page) => ({ ...page, severity: severityOf(page) })),
];

export const givenTokenLists = defineProbe({
  id: 'exposure/api-server/given-token-lists',
  covers: ['KHV005', 'KHV007'],
  title: 'The given token lists nothing of the whole cluster',
  severity: 'medium',
  why: 'What one account of a workload may list, everybody may who breaks into that workload; Secrets of the whole cluster are the cluster.',
  repair:
    'Give the account a Role in its own namespace instead of a ClusterRole, and take away every rule on Secrets that it does not need.',
  techniques: ['T1613', 'T1552.007'],
  references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/'],
  intrusiveness: 'reading',
  leaves: 'Eleven lines in the audit log of the API server, as the account of the given token; none without one.',
  doors: tokenDoors,
  send: (door, soFar) => whereGiven(door, () => (soFar.length > 0 ? [] : askApi(door, requestsFor(pages).map(asGiven)))),
  judge: (door, asked) => {
    if (door.vantage === 'internal') return undefined;
    const unasked = notGiven(door);
    if (unasked) return unasked;
    if (isRefusedToken(asked)) return { ...refusedToken, evidence: asked.slice(0, 1).map((one) => shown(one)) };
    return judgePages(asked, pages, { open: 'The account of the given token reads', closed: 'The given token lists nothing.' });
  },
});
