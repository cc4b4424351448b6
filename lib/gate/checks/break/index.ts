import type { AnyGateCheck } from '../../check.ts';
import { apiserverCloudFlags } from './apiserver-cloud-flags.check.ts';
import { cadvisorFlags } from './cadvisor-flags.check.ts';
import { cephfsRbdInTree } from './cephfs-rbd-in-tree.check.ts';
import { cgroupV1 } from './cgroup-v1.check.ts';
import { cloudProviderDefault } from './cloud-provider-default.check.ts';
import { concurrentServiceSyncs } from './concurrent-service-syncs.check.ts';
import { containerd1x } from './containerd-1.x.check.ts';
import { criV1alpha2 } from './cri-v1alpha2.check.ts';
import { csiMigrationVsphere } from './csi-migration-vsphere.check.ts';
import { dockershim } from './dockershim.check.ts';
import { etcd36 } from './etcd-3.6.check.ts';
import { eventRecordQps0 } from './event-record-qps-0.check.ts';
import { featureGates } from './feature-gates.check.ts';
import { flags127 } from './flags-1.27.check.ts';
import { inTreeUnregisterGates } from './in-tree-unregister-gates.check.ts';
import { inTreeVsphereCloud } from './in-tree-vsphere-cloud.check.ts';
import { ingressNginx } from './ingress-nginx.check.ts';
import { insecurePorts } from './insecure-ports.check.ts';
import { kcmCloudLoops } from './kcm-cloud-loops.check.ts';
import { kmsv1 } from './kmsv1.check.ts';
import { kubeProxyIpvs } from './kube-proxy-ipvs.check.ts';
import { kubeProxyModeEmpty } from './kube-proxy-mode-empty.check.ts';
import { kubeProxyUserspace } from './kube-proxy-userspace.check.ts';
import { kubeadmV1beta3 } from './kubeadm-v1beta3.check.ts';
import { kubeletFlags131 } from './kubelet-flags-1.31.check.ts';
import { kubeletFlags134 } from './kubelet-flags-1.34.check.ts';
import { masterLabel } from './master-label.check.ts';
import { metricsRenames } from './metrics-renames.check.ts';
import { podInfraContainerImage } from './pod-infra-container-image.check.ts';
import { psp } from './psp.check.ts';
import { registry } from './registry.check.ts';
import { removedFlagsCheck } from './removed-flags.check.ts';
import { saTokenSecret } from './sa-token-secret.check.ts';
import { seccompAnnot } from './seccomp-annot.check.ts';
import { securityContextDeny } from './security-context-deny.check.ts';
import { staticPodApiRefs } from './static-pod-api-refs.check.ts';
import { workloadAwareV1alpha2 } from './workload-aware-v1alpha2.check.ts';

/** In the order of the catalogue; the two that read whole tables last. */
export const breakChecks: readonly AnyGateCheck[] = [
  dockershim,
  masterLabel,
  saTokenSecret,
  insecurePorts,
  psp,
  seccompAnnot,
  criV1alpha2,
  flags127,
  registry,
  cloudProviderDefault,
  kmsv1,
  csiMigrationVsphere,
  inTreeVsphereCloud,
  inTreeUnregisterGates,
  securityContextDeny,
  cephfsRbdInTree,
  kubeletFlags131,
  kcmCloudLoops,
  apiserverCloudFlags,
  staticPodApiRefs,
  kubeletFlags134,
  etcd36,
  cgroupV1,
  podInfraContainerImage,
  containerd1x,
  kubeProxyIpvs,
  kubeProxyModeEmpty,
  kubeProxyUserspace,
  kubeadmV1beta3,
  cadvisorFlags,
  concurrentServiceSyncs,
  eventRecordQps0,
  workloadAwareV1alpha2,
  metricsRenames,
  ingressNginx,
  featureGates,
  removedFlagsCheck,
];
