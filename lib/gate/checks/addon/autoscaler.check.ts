import { minorText } from '../../../core/gate/index.ts';
import { defineGateCheck, doesNotApply, fails, isUnknown, namesText, passes } from '../../check.ts';
import { autoscalerSource } from '../../data/cloud-provider.ts';
import { findAddon, versionsText } from './find.ts';

export const autoscaler = defineGateCheck({
  id: 'addon.autoscaler',
  category: 'addon',
  title: 'Cluster Autoscaler goes with the target',
  severity: 'medium',
  why: 'Cluster Autoscaler simulates the scheduler of one minor, the one it is named after; its makers test no other pair.',
  repair: 'Upgrade it to the minor of the target right after the API server, and scale it to 0 while nodes are replaced.',
  links: [autoscalerSource],
  reads: ['workloads'],
  evaluate: ({ workloads, upgrade: { current, target } }) => {
    const found = findAddon(workloads, /(^|\/)cluster-autoscaler(-(amd64|arm64|s390x))?$/);
    if (found.length === 0) return doesNotApply('Cluster Autoscaler is not installed.');
    const at = found.map(({ where }) => where);
    const minors = found.map(({ version }) => version?.minor);
    const text = versionsText(found);
    if (minors.includes(undefined))
      return isUnknown(`The version of Cluster Autoscaler cannot be told from its image: ${namesText(at)}.`, at);
    if (minors.every((minor) => minor === target.minor)) return passes(`Cluster Autoscaler ${text} is made for the target.`);
    if (minors.every((minor) => minor === current.minor && target.minor - current.minor <= 1))
      return passes(
        `Cluster Autoscaler ${text} is made for ${minorText(current)}; upgrade it to ${minorText(target)} right after the API server.`,
      );
    return fails(
      `Cluster Autoscaler ${text} is made neither for ${minorText(current)} nor for ${minorText(target)}: ${namesText(at)}.`,
      at,
    );
  },
});
