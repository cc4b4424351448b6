import type { FileFact, NodeFilesFact } from '../../core/facts/index.ts';
import { flagValue } from './argv.ts';

/** A node whose files were looked at. */
export type LookedAtNode = Extract<NodeFilesFact, { readonly read: true }>;

/** What a control speaks of, on one node: the files, or why there is none to judge. */
export type Located =
  | { readonly files: readonly FileFact[] }
  | { readonly files?: undefined; readonly outcome: 'not-applicable' | 'unknown'; readonly reason: string };

/** Something that lies on nodes: where it is looked for, and what it means when it is not there. */
export interface Place {
  /** In a sentence, e.g. `the kubeconfig of the scheduler`. */
  readonly what: string;
  readonly on: 'control-plane nodes' | 'every node';
  /** The program it belongs to. A node that runs it is concerned, whatever its role says (an etcd node of its own). */
  readonly program?: string;
  /** Paths that are looked at on every node, so that a place can be found without knowing the distribution. */
  readonly files?: readonly string[];
  readonly folders?: readonly string[];
  find(node: LookedAtNode): Located;
}

export const rke2 = '/var/lib/rancher/rke2';
export const k3s = '/var/lib/rancher/k3s';
export const microk8s = '/var/snap/microk8s/current';

export const nothing = (outcome: 'not-applicable' | 'unknown', reason: string): Located => ({ outcome, reason });
export const flag = (node: LookedAtNode, program: string, name: string): string | undefined => flagValue(node.argv[program] ?? [], name);
/** No process was seen at all: then nothing follows from one that is missing. */
export const isBlind = (node: LookedAtNode): boolean => Object.keys(node.argv).length === 0;
export const isEmbedded = (node: LookedAtNode): boolean => node.layout === 'k3s' || node.layout === 'microk8s';

/** The files among these paths, each once, also when two paths lead to the same. */
export const existing = (node: LookedAtNode, paths: readonly string[]): readonly FileFact[] => {
  const byTarget = new Map<string, FileFact>();
  for (const path of paths) {
    const file = node.files[path];
    if (file && !byTarget.has(file.target ?? file.path)) byTarget.set(file.target ?? file.path, file);
  }
  return [...byTarget.values()];
};

/** Everything that lies in these folders. */
export const within = (node: LookedAtNode, folders: readonly string[]): readonly FileFact[] =>
  existing(
    node,
    Object.keys(node.files).filter((path) => folders.some((folder) => path.startsWith(`${folder}/`))),
  );

/** The reason why one of these paths, or something in them, could not be read. */
export const refusal = (node: LookedAtNode, paths: readonly string[]): string | undefined => {
  const path = Object.keys(node.unreadable).find((one) => paths.some((asked) => one === asked || one.startsWith(`${asked}/`)));
  return path === undefined ? undefined : `${path}: ${node.unreadable[path]}`;
};

const couldNotRead = (refused: string): string => `Could not be read: ${refused}.`;

interface FilePlace {
  readonly what: string;
  readonly on: Place['on'];
  readonly program?: string;
  /** The path that the node itself names, by a flag or a setting. */
  named?(node: LookedAtNode): string | undefined;
  /** Where it usually lies, with any distribution. */
  readonly usual: readonly string[];
  /** Whether all of the usual paths count, and not only the first that exists. */
  readonly all?: boolean;
  absent(node: LookedAtNode): Located;
}

/** A place at known paths. What the node itself names goes before what is usual. */
export const filePlace = ({ what, on, program, named, usual, all, absent }: FilePlace): Place => ({
  what,
  on,
  ...(program === undefined ? {} : { program }),
  files: usual,
  find(node) {
    const path = named?.(node);
    const own = path === undefined ? undefined : node.files[path];
    if (own) return { files: [own] };
    const refused = refusal(node, path === undefined ? usual : [path]);
    if (refused !== undefined) return nothing('unknown', couldNotRead(refused));
    // a program in a pod names a path of the pod's own; the file on the node then has its usual place
    if (path !== undefined && (program === undefined || node.runsIn[program] === 'host'))
      return nothing('unknown', `The node names ${path} for ${what}, but shows no such file.`);
    const some = existing(node, usual);
    return some.length === 0 ? absent(node) : { files: all ? some : some.slice(0, 1) };
  },
});

const manifestFolders = ['/etc/kubernetes/manifests', `${rke2}/agent/pod-manifests`];
const staticPodFolders = (node: LookedAtNode): readonly string[] => [
  ...new Set([flag(node, 'kubelet', 'pod-manifest-path') ?? node.kubeletSettings.staticPodPath ?? [], manifestFolders].flat()),
];

/** The manifest of a static pod: the file named after the component in the kubelet's folder of static pods. */
export const manifestOf = (program: string, spoken: string): Place => {
  const what = `the manifest of ${spoken}`;
  const absent = (node: LookedAtNode, folders: readonly string[]): Located => {
    const refused = refusal(node, folders);
    if (refused !== undefined) return nothing('unknown', couldNotRead(refused));
    if (isEmbedded(node))
      return nothing('not-applicable', `${node.layout} runs ${spoken} inside its own process, so there is no manifest of it.`);
    if (node.layout === 'talos')
      return nothing('not-applicable', 'Talos hands static pods to the kubelet over HTTP, so there is no manifest file.');
    if (isBlind(node)) return nothing('unknown', `No process of the node could be seen, so it is not known whether ${spoken} runs here.`);
    if (node.runsIn[program] === 'host')
      return nothing('not-applicable', `${spoken} runs as a service of the node and not from a static pod manifest.`);
    if (node.runsIn[program] === undefined && program === 'etcd')
      return nothing('not-applicable', 'etcd does not run on this node, so there is no manifest of it.');
    return nothing('unknown', `Nothing named after ${program} lies in ${folders.join(' or ')}.`);
  };
  const inSnap = `${microk8s}/args/${program}`;
  return {
    what,
    on: 'control-plane nodes',
    program,
    files: [inSnap],
    folders: manifestFolders,
    find(node) {
      const folders = staticPodFolders(node);
      const isManifest = new RegExp(`/(talos-)?${program}\\.(ya?ml|json|manifest)$`);
      const files = [...within(node, folders).filter(({ path }) => isManifest.test(path)), ...existing(node, [inSnap])];
      return files.length > 0 ? { files } : absent(node, folders);
    },
  };
};

/** The kubeconfig of a control-plane component. */
export const kubeconfigOf = (program: string, spoken: string, usual: readonly string[]): Place =>
  filePlace({
    what: `the kubeconfig of ${spoken}`,
    on: 'control-plane nodes',
    program,
    named: (node) => flag(node, program, 'kubeconfig'),
    usual,
    absent: () => nothing('unknown', `No kubeconfig of ${spoken} lies where this or any other distribution keeps it.`),
  });
