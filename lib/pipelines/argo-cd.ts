import { stringify } from 'yaml';

// Argo CD asks nobody over HTTP: a job before the sync does, and the sync fails when it fails.

export interface PreSync {
  /** Namespace of the application. */
  readonly namespace: string;
  /** `https://gate.example.com`. */
  readonly server: string;
  readonly cluster: string;
  readonly target: string;
  readonly policy?: string;
  /** Image with `sh` and `curl`; pin it by digest. */
  readonly image: string;
  /** Secret with an API token under the key `token`. */
  readonly secretName: string;
  /** How long the sync may wait for evidence. */
  readonly deadlineSeconds?: number;
}

// The same key answers the same evaluation, so asking again is waiting. 425: not decided yet.
const script = `set -u
key="$(cat /proc/sys/kernel/random/uuid)"
while :; do
  status="$(printf '%s' "$QUESTION" | sed "s/@KEY@/$key/" | curl -sS --max-time 40 -o /tmp/answer -w '%{http_code}' \\
    -H "Authorization: Bearer $GATEHOUSE_TOKEN" -H 'Content-Type: application/json' --data-binary @- \\
    "$GATEHOUSE_SERVER/v1/gate/evaluations?wait=20&fail=http")" || status=000
  case "$status" in
    200) cat /tmp/answer; exit 0 ;;
    000|425|429|502|503|504) sleep 5 ;;
    *) cat /tmp/answer >&2; exit 1 ;;
  esac
done
`;

/** A Job for the repository of the application. Only the hook of a whole sync: Argo CD skips hooks when a few resources are chosen. */
export const preSyncJob = ({ namespace, server, cluster, target, policy, image, secretName, deadlineSeconds = 900 }: PreSync): string => {
  const question = JSON.stringify({
    cluster,
    target: { kubernetesVersion: target },
    ...(policy === undefined ? {} : { policy }),
    idempotencyKey: '@KEY@',
    source: { system: 'argocd' },
  });
  return stringify(
    {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: {
        name: 'gatehouse-pre-sync',
        namespace,
        annotations: { 'argocd.argoproj.io/hook': 'PreSync', 'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation' },
      },
      spec: {
        backoffLimit: 0,
        activeDeadlineSeconds: deadlineSeconds,
        template: {
          spec: {
            restartPolicy: 'Never',
            automountServiceAccountToken: false,
            securityContext: { runAsNonRoot: true, runAsUser: 65532, seccompProfile: { type: 'RuntimeDefault' } },
            containers: [
              {
                name: 'ask',
                image,
                command: ['sh', '-c', script],
                env: [
                  { name: 'GATEHOUSE_SERVER', value: server },
                  { name: 'QUESTION', value: question },
                  { name: 'GATEHOUSE_TOKEN', valueFrom: { secretKeyRef: { name: secretName, key: 'token' } } },
                ],
                resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { memory: '64Mi' } },
                securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
                volumeMounts: [{ name: 'answer', mountPath: '/tmp' }],
              },
            ],
            volumes: [{ name: 'answer', emptyDir: { sizeLimit: '16Mi' } }],
          },
        },
      },
    },
    { lineWidth: 0 },
  );
};
