import { fails, isUnknown, namesText, passes } from '../../check.ts';
import { ownerOf } from '../../shared/words.ts';
import { defineBreak } from './define-break.ts';

export const saTokenSecret = defineBreak({
  name: 'sa-token-secret',
  title: 'No pod mounts a generated token Secret of a ServiceAccount',
  severity: 'medium',
  why: 'Since 1.24 no token Secret is made for a ServiceAccount, and since 1.30 those that seem unused are invalidated and deleted.',
  repair:
    'Mount a projected token, or create the Secret yourself; ask owners of pipelines which tokens they copied out of the cluster: look for the label `kubernetes.io/legacy-token-last-used` on Secrets.',
  links: ['https://kubernetes.io/docs/concepts/security/service-accounts/#get-a-token'],
  at: ['1.24', '1.30'],
  needs: ['pods'],
  judge: ({ pods }) => {
    if (pods.some(({ tokenVolumes }) => tokenVolumes === undefined))
      return isUnknown(
        'Volumes of Secrets were not looked at; look for Secrets of type kubernetes.io/service-account-token, and who uses them.',
      );
    const mounting = pods
      .filter(({ tokenVolumes = [] }) => tokenVolumes.length > 0)
      .map((pod) => ({ ...ownerOf(pod), detail: `volume ${pod.tokenVolumes?.join(', ')}` }));
    if (mounting.length === 0)
      return passes('No pod mounts a generated token Secret by its usual name; tokens used from outside cannot be seen here.');
    return fails(`These mount a generated token Secret: ${namesText(mounting)}.`, mounting);
  },
});
