import { removedFlags } from '../../data/removed-flags.ts';
import { crosses, defineBreak } from './define-break.ts';
import { blindRows, isGoneBy, judgeFlags } from './settings.ts';

export const removedFlagsCheck = defineBreak({
  name: 'removed-flags',
  title: 'No component is given a flag that the target does not know',
  severity: 'critical',
  why: 'A component that is given a flag it does not know does not start. Flags that have a check of their own are told of there.',
  repair: 'Take the flags out of the static pod, of `extraArgs` in kubeadm-config and of `kubeletExtraArgs`.',
  links: [removedFlags.source],
  at: 'always',
  needs: ['controlPlane', 'settings'],
  judge: ({ controlPlane, settings, upgrade }) => {
    const rows = removedFlags.rows.filter(({ check, removedIn }) => check === undefined && isGoneBy(removedIn, upgrade.target));
    // what a component already runs without cannot be set: only rows on the way make a blind spot
    const onTheWay = rows.filter(({ removedIn }) => crosses(upgrade, removedIn));
    return judgeFlags(rows, { controlPlane, settings, blind: blindRows(onTheWay, controlPlane, settings) });
  },
});
