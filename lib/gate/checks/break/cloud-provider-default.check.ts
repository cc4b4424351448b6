import { fails, namesText, passes } from '../../check.ts';
import { defineBreak } from './define-break.ts';
import { flagsNamed, ifSeen } from './settings.ts';

export const cloudProviderDefault = defineBreak({
  name: 'cloud-provider-default',
  title: 'No component that can be seen asks for a cloud provider of the core',
  severity: 'critical',
  why: 'From 1.29 on the gate DisableCloudProviders is on: a component with another `--cloud-provider` than `external` does not start.',
  repair: 'Run the cloud controller manager of your cloud and set `--cloud-provider=external` everywhere.',
  links: ['https://kubernetes.io/blog/2023/12/14/cloud-provider-integration-changes/'],
  at: ['1.29'],
  needs: ['controlPlane', 'settings'],
  judge: ({ controlPlane, settings }) => {
    const inTree = flagsNamed(controlPlane, settings, 'cloud-provider')
      .filter(({ value }) => value !== '' && value !== 'external')
      .map(({ where, value, component }) => ({ ...where, detail: `--cloud-provider=${value} of the ${component}` }));
    if (inTree.length === 0)
      return ifSeen(
        passes('No component that can be seen asks for a cloud provider of the core.'),
        controlPlane,
        '--cloud-provider',
        'kube-apiserver',
        'kube-controller-manager',
      );
    return fails(`These ask for a cloud provider of the core: ${namesText(inTree)}.`, inTree);
  },
});
