import type { Probe } from '../probe.ts';
import { bgp } from './bgp.probe.ts';
import { cloudControllerManager } from './cloud-controller-manager.probe.ts';
import { cniMetrics } from './cni-metrics.probe.ts';
import { containerdMetrics } from './containerd-metrics.probe.ts';
import { controlPlanePorts } from './control-plane-ports.probe.ts';
import { docker } from './docker.probe.ts';
import { hubble } from './hubble.probe.ts';
import { ipmi } from './ipmi.probe.ts';
import { kubeProxy } from './kube-proxy.probe.ts';
import { kubeProxyHealth } from './kube-proxy-health.probe.ts';
import { kubeVip } from './kube-vip.probe.ts';
import { legacyControlPlanePorts } from './legacy-control-plane-ports.probe.ts';
import { loopbackServices } from './loopback-services.probe.ts';
import { nfs } from './nfs.probe.ts';
import { nodeExporter } from './node-exporter.probe.ts';
import { otherMetrics } from './other-metrics.probe.ts';
import { overlayNetworks } from './overlay-networks.probe.ts';
import { rpcbind } from './rpcbind.probe.ts';
import { snmp } from './snmp.probe.ts';
import { ssh } from './ssh.probe.ts';
import { sshAlgorithms } from './ssh-algorithms.probe.ts';
import { typha } from './typha.probe.ts';
import { vsphereCsi } from './vsphere-csi.probe.ts';
import { weave } from './weave.probe.ts';

export const componentProbes: readonly Probe[] = [
  bgp,
  cloudControllerManager,
  cniMetrics,
  containerdMetrics,
  controlPlanePorts,
  docker,
  hubble,
  ipmi,
  kubeProxyHealth,
  kubeProxy,
  kubeVip,
  legacyControlPlanePorts,
  loopbackServices,
  nfs,
  nodeExporter,
  otherMetrics,
  overlayNetworks,
  rpcbind,
  snmp,
  sshAlgorithms,
  ssh,
  typha,
  vsphereCsi,
  weave,
];
