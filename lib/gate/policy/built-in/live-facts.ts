/** Asks for no scans: what the command line uses where there are no reports. */
export const liveFacts = `apiVersion: gate.gatehouse.dev/v1alpha1
kind: GatePolicy
metadata:
  name: live-facts
  description: What the cluster itself shows; asks for no scans.
spec:
  supportWindow: 3
  validFor: 1h
  checks:
    required:
      # what breaks the upgrade itself, or what runs afterwards
      - path.*
      - skew.*
      - api.*
      - break.*
      - health.*
      - override.*
      - webhook.no-endpoints
      - webhook.matches-system
      - drain.pdb
      - drain.unbounded
    advisory:
      # the way out of an unsupported minor stays open
      - path.supported-window
      - path.patch-latest
      # metrics of an API server that started lately prove nothing
      - api.removed-callers
      - api.deprecated
      # changes that are noticed, and break nothing by themselves
      - break.containerd-1.x
      - break.event-record-qps-0
      - break.ingress-nginx
      - break.kube-proxy-ipvs
      - break.kube-proxy-mode-empty
      - break.metrics-renames
      - break.registry
      - break.sa-token-secret
      # flags and files of nodes that the API does not show: a person must look, and an unknown must not stop a stock cluster
      - break.cadvisor-flags
      - break.flags-1.27
      - break.kmsv1
      - break.kubelet-flags-1.31
      - break.kubelet-flags-1.34
      - break.pod-infra-container-image
      # troubles of workloads, which an upgrade neither heals nor worsens
      - override.serve-removed-apis
      - health.cordoned
      - health.crashing-pods
      - health.pending-rollout
      - health.signing-requests
      - webhook.*
      # what a drain moves, slows down or loses as it was built to
      - drain.*
      # what has no source on a stock kubeadm cluster: no row for its network plugin, no backup object
      - addon.*
      - certificate.*
      - backup.*
  waivable:
    - drain.*
    - webhook.*
    - addon.*
    - backup.*
    - certificate.*
`;
