import type { DataTable, Sourced } from './table.ts';

// Command line flags that a minor no longer knows: the component does not start with them.

export const flagComponents = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kubelet'] as const;
export type FlagComponent = (typeof flagComponents)[number];

export interface RemovedFlags extends Sourced {
  readonly component: FlagComponent;
  /** First minor that does not know them. */
  readonly removedIn: string;
  readonly flags: readonly string[];
  /** The check `break.<check>` that tells of them; `removed-flags` where none is named. */
  readonly check?: string;
}

const changelog = (minor: string) => `https://github.com/kubernetes/kubernetes/blob/master/CHANGELOG/CHANGELOG-${minor}.md`;
/** Seen by comparing the flags that two neighbouring releases register. */
const code = (component: FlagComponent, version: string) =>
  `https://github.com/kubernetes/kubernetes/tree/v${version}/cmd/${component}/app/options`;
const verified = '2026-11-28';

export const removedFlags: DataTable<RemovedFlags> = {
  dataAsOf: verified,
  newestMinor: '1.37',
  source: 'https://github.com/kubernetes/kubernetes/tree/master/CHANGELOG',
  rows: [
    {
      component: 'kubelet',
      removedIn: '1.24',
      flags: [
        'cni-bin-dir',
        'cni-cache-dir',
        'cni-conf-dir',
        'docker-endpoint',
        'image-pull-progress-deadline',
        'network-plugin',
        'network-plugin-mtu',
      ],
      source: changelog('1.24'),
      verified,
    },
    {
      component: 'kube-apiserver',
      removedIn: '1.24',
      flags: ['address', 'insecure-bind-address', 'insecure-port', 'port'],
      check: 'insecure-ports',
      source: changelog('1.24'),
      verified,
    },
    {
      component: 'kube-controller-manager',
      removedIn: '1.24',
      flags: ['address', 'port'],
      check: 'insecure-ports',
      source: changelog('1.24'),
      verified,
    },
    {
      component: 'kube-scheduler',
      removedIn: '1.24',
      flags: ['address', 'port'],
      check: 'insecure-ports',
      source: changelog('1.24'),
      verified,
    },
    {
      component: 'kubelet',
      removedIn: '1.25',
      flags: ['experimental-kernel-memcg-notification'],
      source: code('kubelet', '1.25.16'),
      verified,
    },
    {
      component: 'kube-apiserver',
      removedIn: '1.25',
      flags: ['service-account-api-audiences'],
      source: code('kube-apiserver', '1.25.16'),
      verified,
    },
    {
      component: 'kube-controller-manager',
      removedIn: '1.25',
      flags: ['deleting-pods-burst', 'deleting-pods-qps', 'experimental-cluster-signing-duration', 'register-retry-count'],
      source: code('kube-controller-manager', '1.25.16'),
      verified,
    },
    {
      component: 'kubelet',
      removedIn: '1.27',
      flags: ['container-runtime', 'master-service-namespace'],
      check: 'flags-1.27',
      source: code('kubelet', '1.27.16'),
      verified,
    },
    {
      component: 'kube-controller-manager',
      removedIn: '1.27',
      flags: ['enable-taint-manager', 'pod-eviction-timeout'],
      check: 'flags-1.27',
      source: code('kube-controller-manager', '1.27.16'),
      verified,
    },
    {
      component: 'kube-scheduler',
      removedIn: '1.28',
      flags: ['lock-object-name', 'lock-object-namespace'],
      source: code('kube-scheduler', '1.28.15'),
      verified,
    },
    { component: 'kubelet', removedIn: '1.30', flags: ['azure-container-registry-config'], source: code('kubelet', '1.30.14'), verified },
    {
      component: 'kubelet',
      removedIn: '1.31',
      flags: ['iptables-drop-bit', 'iptables-masquerade-bit', 'keep-terminated-pod-volumes'],
      check: 'kubelet-flags-1.31',
      source: code('kubelet', '1.31.14'),
      verified,
    },
    {
      component: 'kube-controller-manager',
      removedIn: '1.31',
      flags: [
        'horizontal-pod-autoscaler-downscale-delay',
        'horizontal-pod-autoscaler-upscale-delay',
        'volume-host-allow-local-loopback',
        'volume-host-cidr-denylist',
      ],
      source: code('kube-controller-manager', '1.31.14'),
      verified,
    },
    {
      component: 'kube-apiserver',
      removedIn: '1.31',
      flags: ['cloud-provider-gce-l7lb-src-cidrs', 'cloud-provider-gce-lb-src-cidrs'],
      source: code('kube-apiserver', '1.31.14'),
      verified,
    },
    {
      component: 'kube-apiserver',
      removedIn: '1.33',
      flags: ['cloud-config', 'cloud-provider'],
      check: 'apiserver-cloud-flags',
      source: code('kube-apiserver', '1.33.7'),
      verified,
    },
    {
      component: 'kubelet',
      removedIn: '1.34',
      flags: ['cloud-config', 'register-schedulable'],
      check: 'kubelet-flags-1.34',
      source: code('kubelet', '1.34.3'),
      verified,
    },
    {
      component: 'kubelet',
      removedIn: '1.35',
      flags: ['pod-infra-container-image'],
      check: 'pod-infra-container-image',
      source: code('kubelet', '1.35.4'),
      verified,
    },
    {
      component: 'kubelet',
      removedIn: '1.37',
      // housekeeping_interval came from cAdvisor as well, and stays
      flags: [
        'application_metrics_count_limit',
        'boot_id_file',
        'container_hints',
        'containerd',
        'containerd-namespace',
        'enable_load_reader',
        'event_storage_age_limit',
        'event_storage_event_limit',
        'global_housekeeping_interval',
        'log_cadvisor_usage',
        'machine_id_file',
        'storage_driver_buffer_duration',
        'storage_driver_db',
        'storage_driver_host',
        'storage_driver_password',
        'storage_driver_secure',
        'storage_driver_table',
        'storage_driver_user',
      ],
      check: 'cadvisor-flags',
      source: code('kubelet', '1.37.2'),
      verified,
    },
    {
      component: 'kube-controller-manager',
      removedIn: '1.37',
      flags: ['concurrent-service-syncs'],
      check: 'concurrent-service-syncs',
      source: changelog('1.37'),
      verified,
    },
  ],
};
