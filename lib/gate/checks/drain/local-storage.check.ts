import type { GatePod, GateStorage } from '../../../core/gate/index.ts';
import { defineGateCheck, fails, namesText, passes } from '../../check.ts';
import { isMoved } from '../../drain/moved.ts';
import { byOwner } from '../../shared/words.ts';

/** Sources of a PersistentVolume whose data lives and dies with one node. */
const onNode = new Set(['local', 'hostPath']);

/** Claims, as `namespace/name`, that lead to the disk of a node. */
const localClaims = ({ volumes }: GateStorage): ReadonlySet<string> =>
  new Set(volumes.flatMap(({ source, claim }) => (claim !== undefined && onNode.has(source) ? [claim] : [])));

/** Volumes of a pod that a new node will not have, each by its kind and name. */
const lostBy = (pod: GatePod, claims: ReadonlySet<string>): readonly string[] => [
  ...pod.emptyDirs.map((name) => `emptyDir ${name}`),
  ...pod.hostPaths.map((name) => `hostPath ${name}`),
  ...pod.claims.filter((name) => claims.has(`${pod.namespace}/${name}`)).map((name) => `local volume of claim ${name}`),
];

export const localStorage = defineGateCheck({
  id: 'drain.local-storage',
  category: 'drain',
  title: 'No pod that a drain moves keeps data on its node',
  severity: 'low',
  why: 'What a pod has written to its node is lost when the pod moves or the node is replaced; `kubectl drain` asks for `--delete-emptydir-data`.',
  repair: 'Make sure that the volumes hold nothing but scratch data, or move the data to a PersistentVolume that other nodes reach.',
  links: ['https://kubernetes.io/docs/concepts/storage/volumes/#emptydir'],
  reads: ['pods'],
  mayRead: ['storage'],
  evaluate: ({ pods, storage }) => {
    const claims = storage.read ? localClaims(storage.value) : new Set<string>();
    const keeping = pods.filter((pod) => isMoved(pod) && lostBy(pod, claims).length > 0);
    const unseen = storage.read ? '' : ` Persistent volumes were not seen: ${storage.reason}`;
    if (keeping.length === 0) return passes(`No pod that moves has an emptyDir, a hostPath or a local volume.${unseen}`);
    const named = byOwner(keeping, (own) => [...new Set(own.flatMap((pod) => lostBy(pod, claims)))].join(', '));
    return fails(`Data on nodes is kept by pods of ${namesText(named)}.${unseen}`, named);
  },
});
