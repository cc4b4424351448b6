import { added, drops } from '../shared/capabilities.ts';
import { eachContainer, podSecurityCheck } from '../shared/pod-security.ts';

/** What the Pod Security level restricted asks: all capabilities dropped, and NET_BIND_SERVICE at most added back. */
export const capabilities = podSecurityCheck({
  name: 'capabilities',
  title: 'Namespaces keep out containers that hold capabilities',
  severity: 'medium',
  level: 'restricted',
  since: 22,
  doing: 'hold capabilities beyond NET_BIND_SERVICE',
  offends: eachContainer('capabilities', ({ securityContext }, { os }) => {
    if (os === 'windows') return undefined;
    if (securityContext.privileged) return 'privileged, so it has all of them';
    const adds = [...added(securityContext)].filter((name) => name !== 'NET_BIND_SERVICE');
    if (adds.length > 0) return `adds ${adds.join(', ')}`;
    return drops(securityContext, 'ALL') ? undefined : 'ALL not dropped';
  }),
  why: "Capabilities are parts of root's power; most programs need none of them, and those they hold help whoever breaks in.",
  repair:
    'Label the namespace `pod-security.kubernetes.io/enforce: restricted` and set `capabilities.drop: [ALL]` in every container, adding back NET_BIND_SERVICE at most.',
});
