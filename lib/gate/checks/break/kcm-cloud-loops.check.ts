import { fails, namesText, passes } from '../../check.ts';
import { defineBreak } from './define-break.ts';
import { flagsNamed, ifSeen } from './settings.ts';

const loops = [
  'service-lb-controller',
  'service',
  'node-route-controller',
  'route',
  'cloud-node-lifecycle-controller',
  'cloud-node-lifecycle',
];

export const kcmCloudLoops = defineBreak({
  name: 'kcm-cloud-loops',
  title: 'The controller manager is not asked to manage load balancers or routes',
  severity: 'high',
  why: 'The loops for load balancers and routes of a cloud left the controller manager in 1.32: whoever names them expects work that nobody does.',
  repair: 'Let the cloud controller manager run these loops, and take them out of `--controllers`.',
  links: ['https://github.com/kubernetes/kubernetes/blob/master/CHANGELOG/CHANGELOG-1.32.md'],
  at: ['1.32'],
  needs: ['controlPlane', 'settings'],
  judge: ({ controlPlane, settings }) => {
    const asked = flagsNamed(controlPlane, settings, 'controllers', 'cloud-provider')
      .filter(({ component }) => component === 'kube-controller-manager')
      .filter(({ name, value }) =>
        name === 'controllers' ? value.split(',').some((one) => loops.includes(one.trim())) : value !== '' && value !== 'external',
      )
      .map(({ where, name, value }) => ({ ...where, detail: `--${name}=${value}` }));
    if (asked.length === 0)
      return ifSeen(
        passes('The controller manager is not asked for loops of a cloud.'),
        controlPlane,
        '--controllers and --cloud-provider',
        'kube-controller-manager',
      );
    return fails(`The controller manager is asked for loops that are gone, in ${namesText(asked)}.`, asked);
  },
});
