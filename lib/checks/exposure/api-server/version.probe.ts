import type { HttpAnswer } from '../../../core/probing/index.ts';
import { couldNotLook, defineProbe, get, httpOf, isSilent, type OpenDoor, once, shown } from '../probe.ts';
import { apiDoors, askApi, isRefusal } from './kubernetes.ts';

const readOnlyPort = 10255;
const proxyPort = 8001;
const isKubelet = ({ port, hints, place }: OpenDoor): boolean =>
  place === 'node' && (port === readOnlyPort || hints.includes(readOnlyPort));

/** As the API server writes it, or as its metric does: `v1.36.3+vmware.2`. Vendors put what they like behind the number. */
const versionIn = ({ status, body }: HttpAnswer): string | undefined => {
  if (status !== 200) return undefined;
  const [, version] =
    /"gitVersion"\s*:\s*"(v\d[\w.+~-]{1,60})"/.exec(body) ??
    /^kubernetes_build_info\{[^}\n]*git_version="(v\d[\w.+~-]{1,60})"/m.exec(body) ??
    [];
  return version;
};

/** What Kubernetes shows by itself, and what somebody opened. */
const isByDesign = ({ place, greeting }: OpenDoor): boolean => place !== 'node' && greeting.http === 'tls';

export const version = defineProbe({
  id: 'exposure/api-server/version',
  covers: ['KHV002'],
  title: 'The exact version of Kubernetes is known to logged-in users only',
  severity: 'low',
  why: 'The version tells an attacker which flaws to try; Kubernetes shows it to everybody who reaches the API by design, which is why that counts as information only.',
  repair:
    'Keep the API reachable from known networks only; remove the binding of `system:public-info-viewer` to `system:unauthenticated` where no load balancer needs it; set `readOnlyPort: 0` for kubelets, and end every `kubectl proxy`.',
  techniques: ['T1613'],
  references: ['https://kubernetes.io/docs/reference/access-authn-authz/rbac/#discovery-roles'],
  intrusiveness: 'reading',
  leaves: 'One line in the audit log of the API server.',
  doors: { ...apiDoors, ports: [proxyPort, readOnlyPort] },
  // metrics are in order of names, and this one comes late
  send: once((door) =>
    isKubelet(door)
      ? get(door, '/metrics').map((request) => ({ ...request, mostBytes: 2_097_152 }) as typeof request)
      : askApi(door, [{ path: '/version', mostBytes: 4096 }]),
  ),
  judge: (door, asked) => {
    if (isSilent(asked)) return couldNotLook(asked);
    const [answer] = httpOf(asked);
    if (answer === undefined) return undefined;
    const read = versionIn(answer.http);
    if (read !== undefined)
      return {
        outcome: 'fail',
        severity: isByDesign(door) ? 'info' : 'low',
        message: isByDesign(door)
          ? 'As Kubernetes does by default, the API server tells everybody its exact version.'
          : 'It tells everybody the exact version of Kubernetes.',
        evidence: [shown(answer.asked, read)],
      };
    if (isRefusal(answer.http))
      return { outcome: 'pass', message: 'It tells nobody its version without a login.', evidence: [shown(answer.asked)] };
    return undefined;
  },
});
