import { fails, namesText, passes } from '../../check.ts';
import { defineBreak } from './define-break.ts';
import { gatesOf, ifSeen } from './settings.ts';

// Portworx kept its gate until 1.36; break.feature-gates knows that one
const gone = /^InTreePlugin(?!Portworx)\w+Unregister$/;

export const inTreeUnregisterGates = defineBreak({
  name: 'in-tree-unregister-gates',
  title: 'No gate unregisters a volume plugin of the core that is gone',
  severity: 'critical',
  why: 'The gates `InTreePlugin…Unregister` of removed plugins are gone in 1.31: a component that is given one does not start.',
  repair: 'Take the gate out of every `--feature-gates` and `featureGates`.',
  links: ['https://kubernetes.io/docs/reference/command-line-tools-reference/feature-gates-removed/'],
  at: ['1.31'],
  needs: ['controlPlane', 'settings'],
  judge: ({ controlPlane, settings }) => {
    const resources = gatesOf(controlPlane, settings)
      .filter(({ gate }) => gone.test(gate))
      .map(({ gate, where }) => ({ ...where, detail: gate }));
    if (resources.length === 0) return ifSeen(passes('No such gate is set.'), controlPlane, '--feature-gates');
    return fails(`${[...new Set(resources.map(({ detail }) => detail))].join(', ')} is set in ${namesText(resources)}.`, resources);
  },
});
