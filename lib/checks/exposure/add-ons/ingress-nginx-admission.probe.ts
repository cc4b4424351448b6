import { couldNotLook, defineProbe, get, httpOf, isSilent, once, shown } from '../probe.ts';

/** The path at which the API server asks; without a review in the body, the webhook answers 400 and nothing else. */
const path = '/networking/v1/ingresses';

export const ingressNginxAdmission = defineProbe({
  id: 'exposure/add-ons/ingress-nginx-admission',
  covers: ['ADD-02'],
  title: 'The admission webhook of ingress-nginx is reachable by the API server only',
  severity: 'high',
  why: 'The webhook asks nobody who they are. Before 1.11.5 and 1.12.1 whoever reaches it runs programs in the controller, which reads every Secret of the cluster by default (CVE-2025-1974).',
  repair:
    'Update ingress-nginx, keep its webhook port off published addresses and host networks, and allow it by a NetworkPolicy from the API server only.',
  techniques: ['T1190', 'T1552.007'],
  references: ['https://kubernetes.io/blog/2025/03/24/ingress-nginx-cve-2025-1974/'],
  intrusiveness: 'reading',
  leaves: 'A line in the log of the controller: it could not read the review.',
  doors: {
    places: ['published', 'service', 'node'],
    ports: [8443],
    recognise: ({ greeting }) => greeting.tls?.chain[0]?.names.some((name) => /nginx.*admission/.test(name)) ?? false,
  },
  send: once((door) => (door.greeting.http === 'tls' ? get(door, path) : [])),
  judge: (door, asked) => {
    if (isSilent(asked)) return couldNotLook(asked);
    const names = door.greeting.tls?.chain[0]?.names ?? [];
    const [answer] = httpOf(asked);
    if (answer === undefined || !names.some((name) => /-admission(\.|$)/.test(name))) return undefined;
    // other webhooks with such a certificate know other paths only
    if (answer.http.status !== 400 || answer.http.body.trim() !== '') return undefined;
    const isOutside = door.place !== 'service';
    return {
      outcome: 'fail',
      severity: isOutside ? 'high' : 'medium',
      message: isOutside
        ? 'The admission webhook of ingress-nginx answers from outside the cluster; before 1.11.5 and 1.12.1 that is enough to take the cluster over.'
        : 'The admission webhook of ingress-nginx answers any pod; before 1.11.5 and 1.12.1 that is enough to take the cluster over.',
      evidence: [
        shown(answer.asked, 'a webhook that misses its review'),
        { looked: 'certificate', found: 'made for an admission webhook' },
      ],
    };
  },
});
