import type { HttpAnswer } from '../../../core/probing/index.ts';
import { couldNotLook, defineProbe, httpOf, isSilent, shown } from '../probe.ts';
import { closeKubelet, kubeletPages, loginPort, lookedForPod, nowhere, nowhereContainer, post } from './kubelet.ts';

/** Without a command, without streams, without an upgrade of the connection, and for a pod that cannot exist: four times nothing that could run. */
const paths = [`/run/${nowhereContainer}`, `/exec/${nowhereContainer}`, `/attach/${nowhereContainer}`, `/portForward/${nowhere}`];

/** What only a kubelet that has let the caller in says: it looked for the pod, or it misses the streams of a command. */
const isLetIn = (http: HttpAnswer): boolean =>
  lookedForPod(http) || (http.status === 400 && /^you must specify at least 1 of stdin, stdout, stderr\s*$/.test(http.body));
const isTurnedAway = ({ status, body }: HttpAnswer): boolean =>
  status === 401 || status === 403 || (status === 405 && /^Debug endpoints are disabled\.\s*$/.test(body));

export const runCommands = defineProbe({
  id: 'exposure/kubelet/run-commands',
  covers: ['KUB-02', 'KHV039', 'KHV040', 'KHV041', 'KHV042'],
  title: 'Nobody without a login can have the kubelet run commands in its containers',
  severity: 'critical',
  why: 'Whoever may run commands in any container of a node has every Secret and every service account that is mounted there, and usually the node itself.',
  repair: closeKubelet,
  techniques: ['T1609'],
  references: kubeletPages,
  intrusiveness: 'dry-run',
  leaves: 'Lines in the log of the kubelet about a pod `X_NOTHING` that does not exist.',
  doors: { places: ['node'], ports: [loginPort] },
  // whether it asks for a login at all shows in OPTIONS; only where it does not are the verbs tried that count
  send: (door, soFar) => {
    const { http } = door.greeting;
    if (http === undefined) return [];
    if (soFar.length === 0) return [{ is: 'http', over: http, method: 'OPTIONS', path: paths[0] as string }];
    const options = soFar.length === 1 ? httpOf(soFar)[0]?.http.status : undefined;
    return options === undefined || options === 401 ? [] : paths.flatMap((path) => post(door, path));
  },
  judge: (_door, asked) => {
    if (asked.length === 0) return undefined;
    if (isSilent(asked)) return couldNotLook(asked);
    const answers = httpOf(asked);
    const open = answers.filter(({ http }) => isLetIn(http));
    if (open.length > 0)
      return {
        outcome: 'fail',
        message: 'The kubelet would run commands in any of its containers for anybody who can reach it.',
        evidence: open.map((one) => shown(one.asked, 'let in, and looked for a pod that cannot exist')),
      };
    if (answers.length < asked.length) return couldNotLook(asked);
    const last = answers.length === 1 ? answers : answers.slice(1);
    return last.every(({ http }) => isTurnedAway(http))
      ? { outcome: 'pass', message: 'The kubelet runs nothing for strangers.', evidence: asked.map((one) => shown(one)) }
      : undefined;
  },
});
