import { defineStatement } from '../statement.ts';
import { judgeUses } from './own-and-others.ts';

/** The folders that a privileged container mounts do not matter: it can mount the node's disks by itself. */
export const privileged = defineStatement({
  id: 'exposure/cluster/privileged',
  covers: ['KHV044', 'KHV051'],
  title: 'No container that somebody may break into is privileged',
  severity: 'high',
  why: 'A privileged container can mount the disks of its node and load modules into its kernel, so whoever breaks in has the node, and the credential of its kubelet.',
  repair:
    'Remove `privileged: true` and add the single capabilities that are needed; move what must be privileged to a namespace of its own where nothing else runs, and waive this finding for it.',
  techniques: ['T1611'],
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/'],
  reads: ['workloads'],
  evaluate: ({ cluster, workloads }) =>
    judgeUses(cluster, workloads, 'securityContext.privileged', ({ containers, hostPaths }) => {
      const some = containers.filter(({ securityContext }) => securityContext.privileged === true);
      if (some.length === 0) return undefined;
      const mounts = hostPaths.length > 0 ? [{ looked: 'hostPath volumes', found: hostPaths.join(', ') }] : [];
      return {
        says: `runs privileged containers (${some.map(({ name }) => name).join(', ')})`,
        found: [...some.map(({ name }) => ({ looked: `container ${name}: privileged`, found: 'true' })), ...mounts],
      };
    }),
});
