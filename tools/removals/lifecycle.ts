/** A minor as a number: 36 for 1.36. Kubernetes has had one major, and its Go modules leave it out. */
export type Minor = number;

/** What one package of `k8s.io/api` says of a kind. */
export interface Lifecycle {
  readonly introduced?: Minor;
  readonly deprecated?: Minor;
  readonly removed?: Minor;
  readonly replacement?: { readonly group: string; readonly version: string; readonly kind: string };
}

/** One package of the module at one release: a group version, the kinds it registers, and their tags. */
export interface ApiPackage {
  readonly group: string;
  readonly version: string;
  readonly registered: ReadonlySet<string>;
  readonly lifecycles: ReadonlyMap<string, Lifecycle>;
}

/** Group, version and kinds of a `register.go`; undefined for one that registers no group version. */
export const readRegister = (text: string): Pick<ApiPackage, 'group' | 'version' | 'registered'> | undefined => {
  const group = /GroupName\s*=\s*"([^"]*)"/.exec(text)?.[1];
  const version = /SchemeGroupVersion = schema\.GroupVersion\{Group: GroupName, Version: "([^"]+)"\}/.exec(text)?.[1];
  if (group === undefined || version === undefined) return undefined;
  const registered = new Set([...text.matchAll(/^\s*&(\w+)\{\},/gm)].map(([, kind]) => kind as string));
  return { group, version, registered };
};

const releases = { Introduced: 'introduced', Deprecated: 'deprecated', Removed: 'removed' } as const;

/** Tags of a `zz_generated.prerelease-lifecycle.go`, by kind. */
export const readLifecycles = (text: string): ReadonlyMap<string, Lifecycle> => {
  const found = new Map<string, Lifecycle>();
  const add = (kind: string, more: Lifecycle) => found.set(kind, { ...found.get(kind), ...more });
  const minors = /func \(in \*(\w+)\) APILifecycle(Introduced|Deprecated|Removed)\(\) \(major, minor int\) \{\s*return 1, (\d+)/g;
  for (const [, kind, what, minor] of text.matchAll(minors))
    add(kind as string, { [releases[what as keyof typeof releases]]: Number(minor) });
  const others =
    /func \(in \*(\w+)\) APILifecycleReplacement\(\) schema\.GroupVersionKind \{\s*return schema\.GroupVersionKind\{Group: "([^"]*)", Version: "([^"]+)", Kind: "(\w+)"\}/g;
  for (const [, kind, group, version, other] of text.matchAll(others))
    add(kind as string, { replacement: { group: group as string, version: version as string, kind: other as string } });
  return found;
};
