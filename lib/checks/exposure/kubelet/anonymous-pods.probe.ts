import { couldNotLook, defineProbe, get, httpOf, isSilent, once, shown } from '../probe.ts';

/** Pods that a list of the kubelet names; undefined when it is no such list. */
const podsIn = (body: string): number | undefined => {
  if (!/"kind"\s*:\s*"PodList"/.test(body)) return undefined;
  return body.match(/"podIP"/g)?.length ?? 0;
};

export const anonymousPods = defineProbe({
  id: 'exposure/kubelet/anonymous-pods',
  covers: ['KHV036', 'KHV052'],
  title: 'The kubelet lists its pods to nobody without a login',
  severity: 'high',
  why: 'The list of pods names images, environment variables and mounted Secrets of everything that runs on the node, and whoever reads it without a login can usually do more.',
  repair:
    'Set `authentication.anonymous.enabled: false` and `authorization.mode: Webhook` in the configuration of the kubelet, and `readOnlyPort: 0`.',
  techniques: ['T1133', 'T1613'],
  references: ['https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/'],
  intrusiveness: 'reading',
  leaves: 'Nothing but a line in the log of the kubelet, if it logs requests.',
  doors: { places: ['node'], ports: [10250, 10255] },
  send: once((door) => get(door, '/pods')),
  judge: (door, asked) => {
    if (door.greeting.http === undefined) return undefined;
    if (isSilent(asked)) return couldNotLook(asked);
    const [answer] = httpOf(asked);
    if (answer === undefined) return undefined;
    const { status, body } = answer.http;
    const pods = status === 200 ? podsIn(body) : undefined;
    if (pods !== undefined)
      return {
        outcome: 'fail',
        message: 'The kubelet lists its pods to anybody who can reach it.',
        evidence: [shown(answer.asked, 'a list of pods')],
      };
    if (status === 401) return { outcome: 'pass', message: 'The kubelet asks for a login.', evidence: [shown(answer.asked)] };
    if (status === 403)
      return {
        outcome: 'fail',
        severity: 'low',
        message: 'The kubelet lets anybody in as anonymous user, though that user may not list pods.',
        evidence: [shown(answer.asked)],
      };
    return undefined;
  },
});
