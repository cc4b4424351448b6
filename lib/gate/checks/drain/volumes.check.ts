import { defineGateCheck, fails, namesText, passes } from '../../check.ts';

export const volumes = defineGateCheck({
  id: 'drain.volumes',
  category: 'drain',
  title: 'No volume hangs between nodes',
  severity: 'high',
  why: 'A disk that is not detached keeps its pod from starting on the next node, and Cluster API from deleting the machine.',
  repair:
    'Look at `kubectl describe volumeattachment` and at the log of the CSI driver; what belongs to a node that is gone may be deleted.',
  links: ['https://kubernetes.io/docs/concepts/storage/persistent-volumes/'],
  reads: ['storage'],
  evaluate: ({ storage }) => {
    const hanging = storage.hanging.map(({ name, node, volume, why }) => ({
      kind: 'VolumeAttachment',
      name,
      detail: `volume ${volume || 'unnamed'} on ${node} ${why}`,
    }));
    return hanging.length > 0 ? fails(`Attachments hang: ${namesText(hanging)}.`, hanging) : passes('No attachment of a volume hangs.');
  },
});
