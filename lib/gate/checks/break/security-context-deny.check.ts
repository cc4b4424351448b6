import { fails, namesText, passes } from '../../check.ts';
import { defineBreak } from './define-break.ts';
import { ifSeen, pluginOn } from './settings.ts';

export const securityContextDeny = defineBreak({
  name: 'security-context-deny',
  title: 'The admission plugin SecurityContextDeny is off',
  severity: 'critical',
  why: 'The plugin is gone in 1.30: an API server that is told to load it does not start.',
  repair: 'Take it out of `--enable-admission-plugins`; Pod Security Admission covers what it did.',
  links: ['https://kubernetes.io/docs/concepts/security/pod-security-admission/'],
  at: ['1.30'],
  needs: ['controlPlane', 'settings'],
  judge: ({ controlPlane, settings }) => {
    const on = pluginOn(controlPlane, settings, 'SecurityContextDeny');
    return on.length === 0
      ? ifSeen(passes('The plugin is off.'), controlPlane, 'SecurityContextDeny in --enable-admission-plugins', 'kube-apiserver')
      : fails(`SecurityContextDeny is switched on in ${namesText(on)}.`, on);
  },
});
