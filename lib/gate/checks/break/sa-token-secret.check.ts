import { fails, namesText, passes } from '../../check.ts';
import { defineBreak } from './define-break.ts';

// as the token controller named them: name of the account, `-token-`, five letters without vowels
const tokenVolume = /-token-[bcdfghjklmnpqrstvwxz2456789]{5}$/;

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
    const mounting = pods.flatMap(({ namespace, name, otherVolumes }) => {
      const volume = otherVolumes.find((one) => tokenVolume.test(one));
      return volume === undefined ? [] : [{ kind: 'Pod', namespace, name, detail: `volume ${volume}` }];
    });
    if (mounting.length === 0)
      return passes('No pod mounts a generated token Secret by its usual name; tokens used from outside cannot be seen here.');
    return fails(`These mount a generated token Secret: ${namesText(mounting)}.`, mounting);
  },
});
