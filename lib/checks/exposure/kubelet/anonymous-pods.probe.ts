import { couldNotLook, defineProbe, get, httpOf, isSilent, once, shown } from '../probe.ts';
import { closeKubelet, kubeletLeaves, kubeletPages, loginPort, readOnlyPort } from './kubelet.ts';
import { isPodList } from './pods.ts';

export const anonymousPods = defineProbe({
  id: 'exposure/kubelet/anonymous-pods',
  covers: ['KHV036', 'KHV052'],
  title: 'The kubelet lists its pods to nobody without a login',
  severity: 'high',
  why: 'The list of pods names images, environment variables and mounted Secrets of everything that runs on the node, and whoever reads it without a login can usually do more.',
  repair: closeKubelet,
  techniques: ['T1133', 'T1613'],
  references: kubeletPages,
  intrusiveness: 'reading',
  leaves: kubeletLeaves,
  doors: { places: ['node'], ports: [loginPort, readOnlyPort] },
  send: once((door) => get(door, '/pods')),
  judge: (door, asked) => {
    if (isSilent(asked)) return couldNotLook(asked);
    const [answer] = httpOf(asked);
    if (answer === undefined) return undefined;
    const { status } = answer.http;
    if (isPodList(answer.http))
      return {
        outcome: 'fail',
        message: 'The kubelet lists its pods to anybody who can reach it.',
        evidence: [shown(answer.asked, 'a list of pods')],
      };
    if (door.port === readOnlyPort) return undefined;
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
