import { added, drops } from '../shared/capabilities.ts';
import { eachContainer, podSecurityCheck } from '../shared/pod-security.ts';

export const netRaw = podSecurityCheck({
  name: 'net-raw',
  title: 'Namespaces keep out containers with NET_RAW',
  severity: 'medium',
  level: 'restricted',
  since: 22,
  doing: 'hold the capability NET_RAW',
  offends: eachContainer('capabilities', ({ securityContext }, { os }) => {
    if (os === 'windows') return undefined;
    if (securityContext.privileged) return 'privileged, so it has all of them';
    const adds = added(securityContext);
    if (adds.has('NET_RAW') || adds.has('ALL')) return `adds ${adds.has('ALL') ? 'ALL' : 'NET_RAW'}`;
    return drops(securityContext, 'NET_RAW') ? undefined : 'NET_RAW not dropped, which runtimes give by default';
  }),
  why: 'With NET_RAW, which container runtimes give by default, a process can forge packets and answer for other pods on its network.',
  repair:
    'Label the namespace `pod-security.kubernetes.io/enforce: restricted` and drop NET_RAW, or better ALL, in `capabilities.drop` of every container.',
});
