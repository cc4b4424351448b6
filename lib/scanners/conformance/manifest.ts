import { asLabel, scanLabel } from '../pods/home.ts';
import { deliveryScript } from './delivery.ts';
import { accountName, bindingName, conformanceHome, nonceAnnotation, outputContainer, podName, suiteContainer } from './home.ts';
import type { ConformanceTicket } from './options.ts';

const namespace = conformanceHome.namespace.name;
const ownLabels = (scanId: string) => ({ ...conformanceHome.labels, [scanLabel]: asLabel(scanId) });

export const accountManifest = (scanId: string) => ({
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name: accountName, namespace, labels: ownLabels(scanId) },
});

/** The suite creates and reads whatever a cluster can hold, so its account may do everything, for as long as it runs. */
export const bindingManifest = (scanId: string) => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRoleBinding',
  metadata: { name: bindingName, labels: ownLabels(scanId) },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
  subjects: [{ kind: 'ServiceAccount', name: accountName, namespace }],
});

const restricted = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
const files = { name: 'files', mountPath: '/tmp/results' };

/** Disruptive tests evict what does not tolerate this. */
const evictTaint = 'kubernetes.io/e2e-evict-taint-key';
/** Seconds that a node may be away before the run on it is given up. */
const awaySeconds = 600;
const tolerations = [
  ...['node-role.kubernetes.io/control-plane', 'node-role.kubernetes.io/master', 'CriticalAddonsOnly', evictTaint].map((key) => ({
    key,
    operator: 'Exists',
  })),
  ...['node.kubernetes.io/unreachable', 'node.kubernetes.io/not-ready'].map((key) => ({
    key,
    operator: 'Exists',
    effect: 'NoExecute',
    tolerationSeconds: awaySeconds,
  })),
];

const suiteEnvironment = ({ selection }: PodInput, registry: string | undefined) => [
  { name: 'E2E_FOCUS', value: selection.focus },
  { name: 'E2E_SKIP', value: selection.skip },
  { name: 'E2E_PARALLEL', value: '1' },
  { name: 'E2E_PROVIDER', value: 'skeleton' },
  { name: 'E2E_VERBOSITY', value: '0' },
  { name: 'E2E_USE_GO_RUNNER', value: 'true' },
  { name: 'RESULTS_DIR', value: files.mountPath },
  ...(registry === undefined ? [] : [{ name: 'KUBE_TEST_REPO', value: registry }]),
];

export type PodInput = Pick<ConformanceTicket, 'scanId' | 'selection' | 'image' | 'outputImage' | 'nonce' | 'limitMinutes'> & {
  readonly registry?: string | undefined;
  readonly pullSecrets?: readonly string[] | undefined;
};

/** One pod, two containers: the suite, and one that prints the suite's files into its log, so that nobody need run a command in a pod. */
export const podManifest = (input: PodInput) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: podName, namespace, labels: ownLabels(input.scanId), annotations: { [nonceAnnotation]: input.nonce } },
  spec: {
    restartPolicy: 'Never',
    // where nobody looks any more, the kubelet ends it
    activeDeadlineSeconds: 60 * (input.limitMinutes + 15),
    terminationGracePeriodSeconds: 5,
    serviceAccountName: accountName,
    enableServiceLinks: false,
    nodeSelector: { 'kubernetes.io/os': 'linux' },
    tolerations,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 65_534,
      runAsGroup: 65_534,
      fsGroup: 65_534,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    ...(input.pullSecrets?.length ? { imagePullSecrets: input.pullSecrets.map((name) => ({ name })) } : {}),
    containers: [
      {
        name: suiteContainer,
        image: input.image,
        imagePullPolicy: 'IfNotPresent',
        env: suiteEnvironment(input as PodInput, input.registry),
        resources: { requests: { cpu: '100m', memory: '256Mi' } },
        volumeMounts: [files],
        securityContext: restricted,
      },
      {
        name: outputContainer,
        image: input.outputImage,
        imagePullPolicy: 'IfNotPresent',
        command: ['sh', '-c', deliveryScript],
        env: [{ name: 'NONCE', value: input.nonce }],
        resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { memory: '128Mi' } },
        volumeMounts: [{ ...files, readOnly: true }],
        securityContext: restricted,
      },
    ],
    volumes: [{ name: files.name, emptyDir: {} }],
  },
});
