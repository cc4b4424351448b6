import type { NamespaceFact } from '../../core/facts/index.ts';
import type { Subject } from '../../core/finding.ts';

const system: ReadonlySet<string> = new Set(['kube-system', 'kube-public', 'kube-node-lease']);

/** Whether Kubernetes itself makes this namespace. A name that merely begins with `kube-` proves nothing: anybody may choose it. */
export const isSystemNamespace = (name: string): boolean => system.has(name);

/** The namespaces that people made or use, `default` among them. */
export const userNamespaces = (namespaces: readonly NamespaceFact[]): readonly NamespaceFact[] =>
  namespaces.filter(({ name }) => !isSystemNamespace(name));

export const namespaceSubject = (name: string): Subject => ({ kind: 'Namespace', name });
