import { minorText } from '../../../core/gate/index.ts';
import { defineGateCheck, doesNotApply, fails, isUnknown, namesText, passes } from '../../check.ts';
import { vsphereCloudProvider } from '../../data/cloud-provider.ts';
import { findAddon, versionsText } from './find.ts';

const repository = /(^|\/)cloud-provider-vsphere(\/cpi\/release\/manager)?$/;

export const cpi = defineGateCheck({
  id: 'addon.cpi',
  category: 'addon',
  title: 'The vSphere cloud provider (CPI) goes with the target',
  severity: 'high',
  why: 'The CPI is a cloud controller manager: it may be as new as the API server or one minor older, and its makers promise no more than its own minor.',
  repair: 'Upgrade the CPI to the current minor before the upgrade, and to the minor of the target right after the API server.',
  links: [vsphereCloudProvider.source, 'https://kubernetes.io/releases/version-skew-policy/'],
  reads: ['workloads'],
  evaluate: ({ workloads, upgrade: { current, target } }) => {
    const found = findAddon(workloads, repository);
    if (found.length === 0) return doesNotApply('The vSphere cloud provider is not installed.');
    const untold = found.filter(({ version }) => version === undefined).map(({ where }) => where);
    if (untold.length > 0) return isUnknown(`The version of ${namesText(untold)} cannot be told from its image.`, untold);
    const minors = found.map(({ where, version }) => ({ where, minor: version?.minor ?? 0 }));
    const newer = minors.filter(({ minor }) => minor > current.minor).map(({ where }) => where);
    if (newer.length > 0)
      return fails(
        `CPI ${versionsText(found)} is newer than the API server ${minorText(current)}, which no cloud controller manager may be: ${namesText(newer)}.`,
        newer,
      );
    const older = minors.filter(({ minor }) => minor < target.minor - 1).map(({ where }) => where);
    if (older.length > 0)
      return fails(`CPI ${versionsText(found)} would be more than one minor behind ${minorText(target)}: ${namesText(older)}.`, older);
    if (minors.every(({ minor }) => minor === target.minor)) return passes(`CPI ${versionsText(found)} is made for the target.`);
    const isOut = vsphereCloudProvider.rows.some(({ release }) => release === minorText(target));
    const then = isOut
      ? `upgrade it to ${minorText(target)} right after`
      : `no ${minorText(target)} of it was published by ${vsphereCloudProvider.dataAsOf}`;
    return passes(`CPI ${versionsText(found)} may run with the target for a while; ${then}.`);
  },
});
