import { decidedBy, isBehind, says } from '../add-ons/signs.ts';
import { defineProbe } from '../probe.ts';

export const vsphereCsi = defineProbe({
  id: 'exposure/components/vsphere-csi',
  covers: ['CMP-07'],
  title: 'The vSphere storage driver gives its figures to nobody outside',
  severity: 'low',
  why: 'The figures name operations, failures and versions of the storage behind the cluster, and how many volumes are out of reach.',
  repair: 'Do not publish ports 2112, 2113 and 9808 of the driver; allow them by a NetworkPolicy from Prometheus only.',
  techniques: ['T1613'],
  references: ['https://docs.vmware.com/en/VMware-vSphere-Container-Storage-Plug-in/index.html'],
  intrusiveness: 'reading',
  leaves: 'Nothing; the driver does not log requests.',
  doors: { places: ['node', 'published', 'service'], ports: [2112, 2113, 9808] },
  ...decidedBy(
    {
      path: '/metrics',
      shows: says(/^# HELP vsphere_(cns_|csi_|full_sync_|request_|syncer_|volume_)/m),
      outcome: 'fail',
      message: 'The vSphere storage driver gives its figures to anybody who can reach it.',
      found: 'metrics of the storage driver',
    },
    {
      path: '/healthz',
      shows: (answer, of, door) => says(/^ok\s*$/)(answer, of, door) && isBehind(door, [9808]),
      outcome: 'fail',
      severity: 'info',
      message: 'A storage driver tells anybody who can reach it whether it is alive.',
      found: 'ok',
    },
  ),
});
