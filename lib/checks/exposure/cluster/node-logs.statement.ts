import { defineStatement } from '../statement.ts';
import { judgeUses, shows } from './own-and-others.ts';

export const nodeLogs = defineStatement({
  id: 'exposure/cluster/node-logs',
  covers: ['KHV047'],
  title: 'Pods do not mount the folder of logs of their node',
  severity: 'high',
  why: 'Who may write to /var/log of a node puts a link there to any file, and reads it as root through the logs of the kubelet.',
  repair:
    'Mount only the folder that is read, and read-only; let a log collector that must see all of /var/log run in a namespace of its own, without the rights nodes/log and nodes/proxy, and waive this finding for it.',
  techniques: ['T1611'],
  references: ['https://kubernetes.io/docs/concepts/storage/volumes/#hostpath'],
  reads: ['workloads'],
  evaluate: ({ cluster, workloads }) =>
    judgeUses(cluster, workloads, 'hostPath volumes', ({ hostPaths }) => {
      const paths = hostPaths.filter((path) => shows(path, '/var/log') || shows('/var/log', path));
      if (paths.length === 0) return undefined;
      return { says: `mounts logs of the node (${paths.join(', ')})`, found: paths.map((found) => ({ looked: 'hostPath volume', found })) };
    }),
});
