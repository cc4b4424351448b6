import { asLabel, scanLabel } from '../../pods/home.ts';
import { probeHome } from './home.ts';

/** Bytes a ConfigMap may hold; the API server refuses more (1 MiB, with what else is in the object). */
export const mostConfigMapBytes = 1_000_000;

interface Named {
  readonly name: string;
  readonly scanId: string;
}

const metadata = ({ name, scanId }: Named) => ({
  name,
  namespace: probeHome.namespace.name,
  labels: { ...probeHome.labels, [scanLabel]: asLabel(scanId) },
});

/** Program and plan, gzipped: both are data to Kubernetes. */
export const configMapManifest = (named: Named, program: Uint8Array, plan: Uint8Array) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: metadata(named),
  immutable: true,
  binaryData: { 'program.gz': Buffer.from(program).toString('base64'), 'plan.gz': Buffer.from(plan).toString('base64') },
});

/** Unpacks the program into memory and runs it: the file system of the pod is read-only. */
const start =
  "import{readFileSync as r}from'node:fs';import{gunzipSync as u}from'node:zlib';" +
  "await import('data:text/javascript;base64,'+u(r('/probe/program.gz')).toString('base64'));";

/**
 * The pod that looks around. It holds nothing an ordinary pod would not: no token, no capability, no writable file, no user of the node; so what it can
 * reach, every pod can.
 */
export const podManifest = ({ image, ...named }: Named & { readonly image: string }) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: metadata(named),
  spec: {
    restartPolicy: 'Never',
    activeDeadlineSeconds: probeHome.deadlineSeconds,
    terminationGracePeriodSeconds: 0,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: { runAsNonRoot: true, runAsUser: 65_532, runAsGroup: 65_532, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [
      {
        name: 'look',
        image,
        imagePullPolicy: 'IfNotPresent',
        command: ['node', '--input-type=module', '--eval', start],
        resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { cpu: '1', memory: '256Mi' } },
        volumeMounts: [{ name: 'probe', mountPath: '/probe', readOnly: true }],
        securityContext: {
          privileged: false,
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        },
      },
    ],
    volumes: [{ name: 'probe', configMap: { name: named.name } }],
  },
});
