import type { NeededNamespace } from '../../permissions.ts';
import { asLabel, type PodHome, scanLabel } from '../../pods/home.ts';

/** Deadline of one pod, in seconds from its start: the kubelet ends it then, whether or not we are still there. */
export const podDeadlineSeconds = 120;
/** The image the pod runs in unless the user names another; any with a busybox-like shell will do. */
export const defaultNodeFactsImage = 'docker.io/library/busybox:1.37';

/** Labels by which our pods are found again. */
export const podLabels = { 'app.kubernetes.io/name': 'gatehouse', 'app.kubernetes.io/component': 'node-facts' } as const;

/** The namespace of the pods. Pod Security must let through host folders and the host's process list, which only `privileged` does. */
export const nodeFactsNamespace: NeededNamespace = {
  name: 'gatehouse-node-facts',
  labels: {
    ...podLabels,
    'pod-security.kubernetes.io/enforce': 'privileged',
    'pod-security.kubernetes.io/audit': 'privileged',
    'pod-security.kubernetes.io/warn': 'privileged',
  },
};

/** Where the pods live. */
export const nodeFactsHome: PodHome = {
  namespace: nodeFactsNamespace,
  labels: podLabels,
  deadlineSeconds: podDeadlineSeconds,
  permissionsOption: '--node-facts',
  imageOption: '--node-facts-image',
  imageMustHold: 'a shell with the tools of busybox',
  others: [],
};

export interface PodOptions {
  /** Name of the pod, unique among the scan's. */
  readonly name: string;
  readonly node: string;
  readonly scanId: string;
  readonly image: string;
  /** Text of the shell script to run. */
  readonly script: string;
  /** Arguments of the script. */
  readonly arguments: readonly string[];
}

/** Kubernetes expands `$(NAME)` in command and args and reads `$$` as one `$`: doubling every `$` makes any text literal. */
const literal = (text: string): string => text.replaceAll('$', '$$$$');

/**
 * The pod that looks at one node. It reads as root and can do nothing else: no capability but reading past file modes (data of etcd may belong to another user), no
 * writable file system, no token, nothing sent.
 *
 * The whole file system of the node is mounted, read-only, and not the few folders of interest: which paths matter is known only from the command lines on
 * the node, a symbolic link may lead out of a narrower mount, and a container runtime *creates* a missing folder that a pod wants to mount, which would be a write.
 */
export const podManifest = ({ name, node, scanId, image, script, arguments: args }: PodOptions) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: nodeFactsNamespace.name, labels: { ...podLabels, [scanLabel]: asLabel(scanId) } },
  spec: {
    nodeName: node,
    tolerations: [{ operator: 'Exists' }],
    restartPolicy: 'Never',
    activeDeadlineSeconds: podDeadlineSeconds,
    terminationGracePeriodSeconds: 0,
    hostPID: true,
    // an address of its own would make the CNI plugin write into folders that we came to look at, and need a working pod network; nothing is ever sent
    hostNetwork: true,
    dnsPolicy: 'Default',
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    containers: [
      {
        name: 'look',
        image,
        imagePullPolicy: 'IfNotPresent',
        command: ['sh', '-c', literal(script), 'look.sh'],
        args: args.map(literal),
        resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { cpu: '500m', memory: '64Mi' } },
        // below readOnly, recursiveReadOnly covers mounts inside the node's root too, where kubelet and runtime can (KEP-3857)
        volumeMounts: [{ name: 'host', mountPath: '/host', readOnly: true, recursiveReadOnly: 'IfPossible' }],
        securityContext: {
          runAsUser: 0,
          runAsGroup: 0,
          privileged: false,
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'], add: ['DAC_READ_SEARCH'] },
          seccompProfile: { type: 'RuntimeDefault' },
          // without it, SELinux hides the node's files even from root; ignored where SELinux is off
          seLinuxOptions: { type: 'spc_t' },
        },
      },
    ],
    volumes: [{ name: 'host', hostPath: { path: '/', type: 'Directory' } }],
  },
});
