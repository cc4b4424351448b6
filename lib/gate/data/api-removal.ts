/** Another API to use, as `group/version`; a kind where it is called differently there. */
export interface Replacement {
  readonly group: string;
  readonly version: string;
  readonly kind?: string;
}

/** Kinds of one version that some minor no longer serves. */
export interface ApiRemoval {
  /** First minor without it: `1.37`. One above the newest minor of the table is announced, not carried out. */
  readonly removedIn: string;
  readonly group: string;
  readonly version: string;
  /** `*` where every kind goes. */
  readonly kinds: readonly string[];
  /** `none` where nothing takes its place; absent where nothing is announced. */
  readonly replacement?: Replacement | 'none';
  /** What to do where there is no other version, in a few words. */
  readonly instead?: string;
  /** First minor with the replacement, where it is known. */
  readonly replacementSince?: string;
  readonly deprecatedIn?: string;
  /** Where it is seen: a configuration file of a component, an interface between processes; absent for what an API server serves. */
  readonly seenIn?: string;
  /** `tag`: a lifecycle tag says so. `types-gone`: the kind is no longer registered. Else the page that says so. */
  readonly evidence: string;
}
