import { fails, namesText, passes } from '../../check.ts';
import { defineBreak } from './define-break.ts';
import { ifSeen, pluginOn } from './settings.ts';

export const psp = defineBreak({
  name: 'psp',
  title: 'PodSecurityPolicy is neither switched on nor used',
  severity: 'critical',
  why: 'PodSecurityPolicy is gone in 1.25: an API server that is told to load the plugin does not start, and the policies no longer protect anything.',
  repair: 'Move to Pod Security Admission (labels on namespaces), then take PodSecurityPolicy out of `--enable-admission-plugins`.',
  links: ['https://kubernetes.io/docs/tasks/configure-pod-container/migrate-from-psp/'],
  at: ['1.25'],
  needs: ['controlPlane', 'settings', 'oldObjects'],
  judge: ({ controlPlane, settings, oldObjects }) => {
    const inTheWay = [
      ...pluginOn(controlPlane, settings, 'PodSecurityPolicy'),
      ...oldObjects
        .filter(({ kind }) => kind === 'PodSecurityPolicy')
        .map(({ kind, name }) => ({ kind, name, detail: 'no longer protects anything' })),
    ];
    if (inTheWay.length === 0)
      return ifSeen(
        passes('No policy and no plugin of PodSecurityPolicy was found.'),
        controlPlane,
        'PodSecurityPolicy in --enable-admission-plugins',
        'kube-apiserver',
      );
    return fails(`PodSecurityPolicy is in use: ${namesText(inTheWay)}.`, inTheWay);
  },
});
