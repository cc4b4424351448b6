import { added } from '../shared/capabilities.ts';
import { eachContainer, podSecurityCheck } from '../shared/pod-security.ts';

/** What the Pod Security level baseline lets a container add (KEP-2579); container runtimes give most of these by default. */
const harmless: ReadonlySet<string> = new Set(
  'AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE SETFCAP SETGID SETPCAP SETUID SYS_CHROOT'.split(' '),
);

/** Only older benchmarks ask for it: *added* capabilities, where newer ones ask that all are dropped. */
export const addedCapabilities = podSecurityCheck({
  name: 'added-capabilities',
  title: 'Namespaces keep out containers that add capabilities',
  severity: 'medium',
  level: 'baseline',
  doing: 'add capabilities beyond the usual set',
  offends: eachContainer('capabilities.add', ({ securityContext }) => {
    const more = [...added(securityContext)].filter((name) => !harmless.has(name));
    return more.length > 0 ? more.join(', ') : undefined;
  }),
  why: 'Capabilities beyond the usual set, SYS_ADMIN above all, let a container change the node it runs on.',
  repair:
    'Label the namespace `pod-security.kubernetes.io/enforce: baseline` and take the capabilities out of `capabilities.add`, or move the workloads that need them to a namespace of their own.',
});
