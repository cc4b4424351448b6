import { fails, type Named, namesText, passes } from '../../check.ts';
import { defineBreak } from './define-break.ts';
import { flagsNamed, ifSeen } from './settings.ts';

const uninitialized = 'node.cloudprovider.kubernetes.io/uninitialized';

export const inTreeVsphereCloud = defineBreak({
  name: 'in-tree-vsphere-cloud',
  title: 'The vSphere cloud provider runs outside of the core',
  severity: 'critical',
  why: 'The vSphere provider of the core is gone in 1.30: `--cloud-provider=vsphere` stops the component, and nodes that no cloud controller manager initializes take no pods.',
  repair:
    'Run the vSphere cloud provider (CPI), set `--cloud-provider=external`, and wait until every node has a providerID `vsphere://…`.',
  links: ['https://cloud-provider-vsphere.sigs.k8s.io/'],
  at: ['1.30'],
  needs: ['controlPlane', 'settings', 'nodes'],
  judge: ({ controlPlane, settings, nodes }) => {
    const inTheWay: readonly Named[] = [
      ...flagsNamed(controlPlane, settings, 'cloud-provider')
        .filter(({ value }) => value === 'vsphere')
        .map(({ where, component }) => ({ ...where, detail: `--cloud-provider=vsphere of the ${component}` })),
      ...nodes
        .filter(({ taints }) => taints.some(({ key }) => key === uninitialized))
        .map(({ name }) => ({ kind: 'Node', name, detail: 'not initialized by a cloud controller manager' })),
    ];
    if (inTheWay.length === 0)
      return ifSeen(
        passes('Nothing that can be seen relies on the vSphere provider of the core.'),
        controlPlane,
        '--cloud-provider=vsphere',
        'kube-apiserver',
        'kube-controller-manager',
      );
    return fails(`The vSphere provider of the core is still needed by ${namesText(inTheWay)}.`, inTheWay);
  },
});
