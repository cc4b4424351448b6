import type { Probe } from '../probe.ts';
import { alertmanager } from './alertmanager.probe.ts';
import { argoCd } from './argo-cd.probe.ts';
import { argoWorkflows } from './argo-workflows.probe.ts';
import { consul } from './consul.probe.ts';
import { corednsMetrics } from './coredns-metrics.probe.ts';
import { dnsVersion } from './dns-version.probe.ts';
import { dnsWildcard } from './dns-wildcard.probe.ts';
import { dnsZoneTransfer } from './dns-zone-transfer.probe.ts';
import { elasticsearch } from './elasticsearch.probe.ts';
import { grafana } from './grafana.probe.ts';
import { harbor } from './harbor.probe.ts';
import { headlamp } from './headlamp.probe.ts';
import { ingressNginxAdmission } from './ingress-nginx-admission.probe.ts';
import { ingressNginxMetrics } from './ingress-nginx-metrics.probe.ts';
import { jaeger } from './jaeger.probe.ts';
import { jenkins } from './jenkins.probe.ts';
import { kiali } from './kiali.probe.ts';
import { kubeStateMetrics } from './kube-state-metrics.probe.ts';
import { kubernetesDashboard } from './kubernetes-dashboard.probe.ts';
import { metricsServer } from './metrics-server.probe.ts';
import { minio } from './minio.probe.ts';
import { mongodb } from './mongodb.probe.ts';
import { octant } from './octant.probe.ts';
import { postgresql } from './postgresql.probe.ts';
import { prometheus } from './prometheus.probe.ts';
import { rancher } from './rancher.probe.ts';
import { redis } from './redis.probe.ts';
import { registry } from './registry.probe.ts';
import { tektonDashboard } from './tekton-dashboard.probe.ts';
import { tiller } from './tiller.probe.ts';
import { vault } from './vault.probe.ts';
import { weaveScope } from './weave-scope.probe.ts';

export const addOnProbes: readonly Probe[] = [
  alertmanager,
  argoCd,
  argoWorkflows,
  consul,
  corednsMetrics,
  dnsVersion,
  dnsWildcard,
  dnsZoneTransfer,
  elasticsearch,
  grafana,
  harbor,
  headlamp,
  ingressNginxAdmission,
  ingressNginxMetrics,
  jaeger,
  jenkins,
  kiali,
  kubeStateMetrics,
  kubernetesDashboard,
  metricsServer,
  minio,
  mongodb,
  octant,
  postgresql,
  prometheus,
  rancher,
  redis,
  registry,
  tektonDashboard,
  tiller,
  vault,
  weaveScope,
];
