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
      - health.*
      - webhook.*
      - drain.pdb
      - break.*
      - override.*
    advisory:
      # what has no source on a stock kubeadm cluster, or what a drain moves, slows down or loses as it was built to
      - path.patch-latest
      - path.supported-window
      - api.removed-callers
      - health.pressure
      - webhook.ca-expiry
      - drain.*
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
