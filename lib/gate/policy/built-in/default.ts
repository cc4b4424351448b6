/** Asks for scans, too: what the service uses, and the command line where there are reports. */
export const defaultPolicy = `apiVersion: gate.gatehouse.dev/v1alpha1
kind: GatePolicy
metadata:
  name: default
  description: What the cluster itself shows, and what recent scans say of its security.
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
  scans:
    - kind: configuration
      maxAge: 168h
      maxFailed:
        critical: 0
    - kind: penetration
      maxAge: 744h
      maxFailed:
        critical: 0
      required: false
  waivable:
    - drain.*
    - webhook.*
    - addon.*
    - backup.*
    - certificate.*
`;
